package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that takes part. */
interface Candidate {
    String name();

    /** Why it cannot run here, where it cannot. */
    Optional<String> unavailable();

    /** Whether the JDK makes a difference to it. */
    boolean runsOnJava();

    /** Starts it, on a port of the system's choice, and waits until it listens; the folder is an empty one for its files. */
    Server start(Jdk jdk, Work work, Path folder) throws IOException, InterruptedException;

    /** A server on a JDK. */
    record OnJdk(Candidate candidate, Jdk jdk) {
        String name() {
            return candidate.name();
        }

        /** The version of its JDK, or {@link Samples#NO_JDK}. */
        String label() {
            return candidate.runsOnJava() ? jdk.version() : Samples.NO_JDK;
        }

        Server start(Work work, Path folder) throws IOException, InterruptedException {
            return candidate.start(jdk, work, folder);
        }
    }
}
