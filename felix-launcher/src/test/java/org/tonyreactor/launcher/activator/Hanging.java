package org.tonyreactor.launcher.activator;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Hangs in its start until the test opens the gate. */
public final class Hanging implements BundleActivator {
    @Override
    public void start(BundleContext context) throws InterruptedException {
        ((CountDownLatch) System.getProperties().get("deployer.gate")).await();
    }

    @Override
    public void stop(BundleContext context) {}
}
