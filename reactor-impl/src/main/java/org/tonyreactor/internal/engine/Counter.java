package org.tonyreactor.internal.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number with one writing thread and any number of readers. A reader may see it a little late, never torn; the writer
 * pays no memory fence, so it may count on the message path.
 */
final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Writer only. */
    void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** Writer only. */
    void increment() {
        add(1);
    }

    long get() {
        return (long) VALUE.getOpaque(this);
    }
}
