package org.tonyreactor.internal.engine.loop;

/** The only source of time: nanoseconds from an arbitrary origin, never going back. Tests move their own clock by hand. */
@FunctionalInterface
public interface Clock {
    /** The JVM's monotonic clock. */
    Clock SYSTEM = System::nanoTime;

    long nanoTime();
}
