package org.tonyreactor.internal.engine.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number with one writing thread and any number of readers. A reader may see it a little late, never torn; the writer
 * pays no memory fence, so it may count on the message path.
 */
public final class Counter {
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
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** Writer only. */
    public void increment() {
        add(1);
    }

    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}
