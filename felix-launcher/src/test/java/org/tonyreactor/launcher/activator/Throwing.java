package org.tonyreactor.launcher.activator;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Cannot be made. */
public final class Throwing implements BundleActivator {
    /** Throws. */
    public Throwing() {
        throw new IllegalStateException("no database");
    }

    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {}
}
