package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * What the framework does with a bundle of {@code deploy/}. What installs, updates, refreshes, starts or uninstalls may call code of
 * bundles, and take for ever.
 */
final class BundleActions {
    private static final int CHANGES = BundleEvent.INSTALLED | BundleEvent.UPDATED | BundleEvent.UNINSTALLED;

    private final BundleContext context;
    private final Map<String, BundleFile.Content> installation = new HashMap<>();
    private final DeployLog log;
    private final Map<Long, String> serviceFailures = new ConcurrentHashMap<>();
    private final AtomicBoolean othersChanged = new AtomicBoolean();

    /**
     * In this framework.
     *
     * @param installation the bundles that come with the launcher
     */
    BundleActions(BundleContext context, List<BundleFile> installation, DeployLog log) {
        this.context = context;
        this.log = log;
        installation.forEach(file -> this.installation.put(file.location(), file.content()));
    }

    /** Notices from now on what others do, such as the shell. */
    void listen() {
        SynchronousBundleListener listener = event -> {
            boolean isChange = (event.getType() & CHANGES) != 0;
            if (isChange && !Operation.isCurrent()) {
                othersChanged.set(true);
            }
        };
        context.addBundleListener(listener);
        context.addFrameworkListener(event -> {
            if (event.getThrowable() instanceof ServiceException failure) {
                // As text: an exception would keep the classes of its bundle.
                serviceFailures.put(
                        event.getBundle().getBundleId(),
                        failure.getCause() == null ? "" : StartTrouble.thrown(failure));
            }
        });
    }

    /** Whether somebody else has installed, updated or uninstalled a bundle since the last call. */
    boolean haveOthersChanged() {
        return othersChanged.getAndSet(false);
    }

    FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /** A bundle that the framework has already under this name and version. */
    Optional<Bundle> find(BundleJar jar) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> jar.name().equals(bundle.getSymbolicName())
                        && jar.version().equals(bundle.getVersion()))
                .findFirst();
    }

    /** The location says which file it was; another one is taken where a bundle of that file has stayed. */
    Bundle install(Path file, BundleJar jar) throws IOException, BundleException {
        String uri = file.toUri().toString();
        String location = uri;
        for (int number = 2; context.getBundle(location) != null; number++) {
            location = uri + "#" + number;
        }
        try (InputStream content = jar.open()) {
            Bundle bundle = context.installBundle(location, content);
            bundle.adapt(BundleStartLevel.class).setStartLevel(FrameworkSettings.PROTOCOLS);
            return bundle;
        }
    }

    /** What the installation has of a bundle; empty when it is none of the installation's. */
    Optional<BundleFile.Content> original(Bundle bundle) {
        return Optional.ofNullable(installation.get(bundle.getLocation()));
    }

    /** Puts the installation's content back. */
    void restore(Bundle bundle, BundleFile.Content original) throws IOException, BundleException {
        update(bundle, original);
        if (isToRun(bundle)) {
            start(bundle);
        }
    }

    /** Stops it, without forgetting that it is to run, so that it is not started before its new wires are. */
    void update(Bundle bundle, BundleFile.Content next) throws IOException, BundleException {
        if (!isFragment(bundle)) {
            stop(bundle);
        }
        try (InputStream content = next.open()) {
            bundle.update(content);
        }
    }

    /** One that throws is stopped all the same. */
    private void stop(Bundle bundle) throws BundleException {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING) {
                throw e;
            }
            log.warn("the stop of " + bundle.getSymbolicName() + " has failed (" + StartFailure.causeOf(e)
                    + "): it is updated all the same");
        }
    }

    void uninstall(Bundle bundle) throws BundleException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
    }

    void start(Bundle bundle) throws BundleException {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
    }

    /** Why a component of a bundle that was started does not run: the cause that its code has thrown. */
    Optional<String> componentTrouble(Bundle bundle) {
        return ComponentTrouble.of(bundle, context);
    }

    /** Why a service of a bundle could not be had since the last call: a component that is made when it is asked for. */
    Optional<String> serviceTrouble(Bundle bundle) {
        String failure = serviceFailures.remove(bundle.getBundleId());
        if (failure == null) {
            return Optional.empty();
        }
        return failure.isEmpty() ? componentTrouble(bundle) : Optional.of(failure);
    }

    /** All that are none of the installation's. */
    List<Bundle> deployed() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && original(bundle).isEmpty())
                .toList();
    }

    /** As messages call it. */
    static String words(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion() + " (bundle " + bundle.getBundleId() + ")";
    }

    /** Whether somebody has stopped it by command. */
    static boolean isToRun(Bundle bundle) {
        return bundle.getState() != Bundle.UNINSTALLED
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** The bundles that must be wired anew: those that use what is not there any more, and the hosts of {@code changed}. */
    Set<Bundle> stale(List<Bundle> changed) {
        Set<Bundle> stale = new HashSet<>(wiring().getRemovalPendingBundles());
        for (Bundle bundle : changed) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null && isFragment(bundle)) {
                for (BundleRequirement host : revision.getDeclaredRequirements(HostNamespace.HOST_NAMESPACE)) {
                    wiring().findProviders(host)
                            .forEach(found -> stale.add(found.getRevision().getBundle()));
                }
            }
        }
        return stale;
    }

    /** Wires them anew. The framework stops and starts all that use them. */
    void refresh(Set<Bundle> stale) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(stale, event -> refreshed.countDown());
        refreshed.await();
    }
}
