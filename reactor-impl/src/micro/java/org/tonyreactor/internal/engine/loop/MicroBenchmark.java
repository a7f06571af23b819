package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long everything is measured, unless the command line says otherwise: as long as lets all of it, on one JDK, take some
 * minutes. Two virtual machines are the least, since two iterations of one machine are more alike than two machines are.
 *
 * <p>A benchmark is in the room that it measures and reaches what is private there; nothing of it is in a bundle. The
 * thread that JMH runs it on owns the loop that it measures, which is stepped. It is here because every room that has
 * benchmarks may know this one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgs = "-Xms2g")
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class MicroBenchmark {}
