package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.EventLoop;

/** Calls from a thread that does not own what it calls, and from the one that does. */
public final class Trespass {
    private Trespass() {}

    /** The calling thread owns the loop from here on. */
    public static EventLoop owned(EventLoop loop) {
        loop.runOnce(loop.clock().nanoTime());
        return loop;
    }

    /** The owner may call, and another thread is caught. */
    public static void assertCaught(Runnable call) throws InterruptedException {
        call.run();
        assertInstanceOf(AssertionError.class, thrownElsewhere(call));
    }

    /** Another thread may call. */
    public static void assertAllowed(Runnable call) throws InterruptedException {
        assertNull(thrownElsewhere(call));
    }

    private static @Nullable Throwable thrownElsewhere(Runnable call) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread trespasser = new Thread(call, "trespasser");
        trespasser.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
        trespasser.start();
        trespasser.join(TimeUnit.SECONDS.toMillis(20));
        assertFalse(trespasser.isAlive());
        return thrown.get();
    }
}
