package org.tonyreactor.launcher.hanging;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Never comes back from the method that the header {@code Test-Hangs} of its bundle names; cannot be interrupted. */
public final class HangingActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        hangIn("start", context);
    }

    @Override
    public void stop(BundleContext context) {
        hangIn("stop", context);
    }

    private static void hangIn(String method, BundleContext context) {
        if (method.equals(context.getBundle().getHeaders().get("Test-Hangs"))) {
            CountDownLatch never = new CountDownLatch(1);
            while (never.getCount() > 0) {
                awaitUninterruptibly(never);
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // It is the worst of bundles.
        }
    }
}
