package org.tonyreactor.shell.why;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.tonyreactor.shell.ShellContext;

/** Why a bundle is not active. */
final class NotActive {
    /** The cause of a bundle that was to start. */
    static final String START_FAILED = "start-failed";

    private final ShellContext shell;

    NotActive(ShellContext shell) {
        this.shell = shell;
    }

    /** Empty when it is active. */
    Optional<Finding> find(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return Optional.of(new Finding("fragment", "it is a fragment, which is never started", "ask for its host"));
        }
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> Optional.empty();
            case Bundle.STARTING -> Optional.of(starting(bundle));
            case Bundle.STOPPING ->
                Optional.of(new Finding("stopping", "it is being stopped", "ask again in a moment"));
            case Bundle.UNINSTALLED -> Optional.of(new Finding("uninstalled", "it is uninstalled", "install it again"));
            case Bundle.INSTALLED -> Optional.of(installed(bundle, revision));
            default -> Optional.of(resolved(bundle));
        };
    }

    private Finding installed(Bundle bundle, BundleRevision revision) {
        List<Finding> missing = new MissingRequirements(shell).findings(revision);
        return missing.isEmpty() ? resolved(bundle) : missing.get(0);
    }

    /** That its policy is used says nothing of a bundle that has none. */
    private static Finding starting(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        String policy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        boolean isLazy = policy != null && policy.trim().startsWith(Constants.ACTIVATION_LAZY);
        return isLazy && level != null && level.isActivationPolicyUsed()
                ? new Finding(
                        "lazy",
                        "it is started lazily and waits until somebody needs one of its classes",
                        "take Bundle-ActivationPolicy: lazy out of its manifest")
                : new Finding("starting", "it is starting: its activator has not returned", "ask again in a moment");
    }

    private Finding resolved(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        long id = bundle.getBundleId();
        if (level == null || !level.isPersistentlyStarted()) {
            return new Finding("not-started", "it is not started", "start " + id);
        }
        int reached = shell.bundle(0)
                .map(system -> system.adapt(FrameworkStartLevel.class).getStartLevel())
                .orElse(Integer.MAX_VALUE);
        return level.getStartLevel() > reached
                ? new Finding(
                        "start-level",
                        "its start level is " + level.getStartLevel() + " and the framework is at " + reached,
                        "lower its start level or raise the framework's")
                : new Finding(
                        START_FAILED,
                        "it was to start and did not: its activator, or resolving it, failed",
                        "start " + id + " and read the error");
    }
}
