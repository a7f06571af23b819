package org.tonyreactor.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** A framework in the JVM of the test, with no bundles. */
final class TestFramework implements AutoCloseable {
    private final Framework framework;

    TestFramework(Path cache) throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        cache.toString(),
                        "felix.log.level",
                        "0",
                        "org.osgi.framework.startlevel.beginning",
                        String.valueOf(FrameworkSettings.SERVING)));
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Optional<Bundle> bundle(String name) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** What is active, such as {@code a 1.0.0}. */
    List<String> active() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .sorted()
                .toList();
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(ServerProcess.BOUND.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
