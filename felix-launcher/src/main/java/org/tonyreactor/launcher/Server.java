package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** The framework with its bundles, started in steps. Belongs to the main thread. */
final class Server {
    private static final String ENGINE_FAILED =
            "(&(objectClass=" + EndpointView.RUNTIME + ")(reactor.engine.failed=true))";
    private static final Duration START_BOUND = Duration.ofSeconds(30);

    private final boolean shell;
    private final Framework framework;
    private final StartErrors errors = new StartErrors();
    private volatile boolean engineFailed;

    Server(Home home, Path plainHome, boolean shell) {
        this.shell = shell;
        framework = new FrameworkFactory().newFramework(FrameworkSettings.of(home, plainHome, shell));
    }

    Framework framework() {
        return framework;
    }

    boolean hasShell() {
        return shell;
    }

    /** Installs the bundles and starts Config Admin; what is configured now is there before it is asked for. */
    void startConfigurable(List<BundleFile> bundles) throws StartFailure {
        try {
            // The framework's threads inherit it; without it, libraries in bundles look into their own bundle.
            Thread.currentThread().setContextClassLoader(null);
            framework.init();
            context().addFrameworkListener(errors);
            context().registerService(ResolverHookFactory.class, new JLineSignalGuard(), null);
            for (BundleFile bundle : bundles) {
                if (shell || bundle.startLevel() < FrameworkSettings.SHELL) {
                    install(bundle);
                }
            }
            framework.start();
        } catch (BundleException e) {
            throw new StartFailure(
                    "the framework does not start (" + StartFailure.causeOf(e) + "): see the log in logs/");
        }
        errors.check();
    }

    /** Reads {@code conf/}; what is configured now goes over it. */
    void startConfigured() throws StartFailure, InterruptedException {
        reach(FrameworkSettings.CONFIGURED);
        errors.check();
    }

    /** Starts the protocols and the engine; returns what is served, once it is. */
    String startServing() throws StartFailure, InterruptedException {
        reach(FrameworkSettings.SERVING);
        return new Readiness(context(), errors).await(START_BOUND);
    }

    /** Starts what the first connection need not wait for; does not wait itself. */
    void complete() {
        startLevel().setStartLevel(shell ? FrameworkSettings.SHELL : FrameworkSettings.COMPLETE);
    }

    /** Stops the framework when the engine has given itself up; it says so in a property of its service. */
    void stopWithTheEngine() {
        try {
            context()
                    .addServiceListener(
                            event -> {
                                if (event.getType() != ServiceEvent.UNREGISTERING) {
                                    onEngineFailed();
                                }
                            },
                            ENGINE_FAILED);
            if (context().getServiceReferences(EndpointView.RUNTIME, ENGINE_FAILED) != null) {
                onEngineFailed();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean hasEngineFailed() {
        return engineFailed;
    }

    private void onEngineFailed() {
        engineFailed = true;
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    private void install(BundleFile file) throws StartFailure {
        try (InputStream content = file.content().open()) {
            boolean byReference = file.location().startsWith("reference:");
            Bundle bundle = byReference
                    ? context().installBundle(file.location())
                    : context().installBundle(file.location(), content);
            bundle.adapt(BundleStartLevel.class).setStartLevel(file.startLevel());
            errors.watch(bundle);
            if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        } catch (IOException | BundleException e) {
            throw new StartFailure("the installation is damaged at " + file.location() + " (" + StartFailure.causeOf(e)
                    + "): install it again");
        }
    }

    private void reach(int level) throws StartFailure, InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                reached.countDown();
            }
        };
        startLevel().setStartLevel(level, listener);
        if (!reached.await(START_BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new StartFailure(
                    "the bundles did not start within " + START_BOUND.toSeconds() + " s: see the log in logs/");
        }
    }

    private FrameworkStartLevel startLevel() {
        return framework.adapt(FrameworkStartLevel.class);
    }
}
