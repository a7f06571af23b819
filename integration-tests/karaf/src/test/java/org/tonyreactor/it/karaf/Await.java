package org.tonyreactor.it.karaf;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceListener;

/** Waits until something holds, and looks again at every event of a service, a bundle or the framework. */
final class Await {
    static final long TIMEOUT_MILLIS = 60_000;

    private Await() {}

    static void until(BundleContext context, String what, BooleanSupplier holds) {
        Semaphore events = new Semaphore(0);
        ServiceListener onService = event -> events.release();
        BundleListener onBundle = event -> events.release();
        FrameworkListener onFramework = event -> events.release();
        context.addServiceListener(onService);
        context.addBundleListener(onBundle);
        context.addFrameworkListener(onFramework);
        try {
            long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
            while (!holds.getAsBoolean()) {
                if (!events.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new AssertionError("not within " + TIMEOUT_MILLIS + " ms: " + what);
                }
                events.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + what, e);
        } finally {
            context.removeServiceListener(onService);
            context.removeBundleListener(onBundle);
            context.removeFrameworkListener(onFramework);
        }
    }
}
