package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that takes part, on one JDK. */
interface Candidate {
    String name();

    /** What it runs on; a program in C needs none. */
    Optional<Jdk> jdk();

    /** Starts it with one worker, on a port of the system's choice, and waits until it listens; the folder is empty. */
    Server start(Work work, Path folder) throws IOException, InterruptedException;

    /** The version of its JDK, or {@link Samples#NO_JDK}. */
    default String label() {
        return jdk().map(Jdk::version).orElse(Samples.NO_JDK);
    }
}
