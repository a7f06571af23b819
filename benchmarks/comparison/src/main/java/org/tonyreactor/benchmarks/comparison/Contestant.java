package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that takes part. */
interface Contestant {
    String name();

    /** Why it cannot run here, where it cannot. */
    Optional<String> unavailable();

    /** Whether the JDK makes a difference to it. */
    boolean runsOnJava();

    /**
     * Starts it, on a port of the system's choice, and waits until it listens.
     *
     * @param folder an empty one for what it writes
     */
    Server start(Jdk jdk, Work work, Path folder) throws IOException, InterruptedException;
}
