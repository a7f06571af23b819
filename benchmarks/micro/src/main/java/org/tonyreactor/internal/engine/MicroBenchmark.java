package org.tonyreactor.internal.engine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long everything is measured, unless the command line says otherwise: ten iterations, in five virtual machines,
 * since two of one machine are more alike than two machines are.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 5, jvmArgs = "-Xms2g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
public abstract class MicroBenchmark {}
