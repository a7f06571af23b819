package org.tonyreactor.launcher.activator;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Notes each start and stop of its bundle. */
public final class Counting implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        note("+", context);
    }

    @Override
    public void stop(BundleContext context) {
        note("-", context);
    }

    private static void note(String what, BundleContext context) {
        String line = what + context.getBundle().getSymbolicName() + " "
                + context.getBundle().getVersion();
        System.getProperties().merge("deployer.notes", line, (old, next) -> old + ", " + next);
    }
}
