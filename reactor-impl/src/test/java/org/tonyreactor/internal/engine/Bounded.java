package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Repeats a step that does not wait until something has come about, within a bound. */
public final class Bounded {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** A step that may fail. */
    public interface Step {
        void run() throws IOException;
    }

    /** What is waited for. */
    public interface Condition {
        boolean holds() throws IOException;
    }

    private Bounded() {}

    public static void until(String what, Condition condition, Step step) throws IOException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > BOUND_NANOS) {
                fail("not in time: " + what);
            }
            step.run();
            Thread.onSpinWait();
        }
    }
}
