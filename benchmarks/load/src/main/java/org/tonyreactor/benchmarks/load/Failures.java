package org.tonyreactor.benchmarks.load;

import java.io.PrintStream;

/** Counts what went wrong, and says it of the first few. */
final class Failures {
    private static final int MOST_TOLD = 10;

    private final PrintStream err;
    private long count;

    Failures(PrintStream err) {
        this.err = err;
    }

    void add(String what) {
        if (count++ < MOST_TOLD) {
            err.println(what);
        }
    }

    long count() {
        return count;
    }
}
