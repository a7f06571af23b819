package org.tonyreactor.shell;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.ReactorRuntime;

/** The services, bundles and clock that a command may use, for one run. */
public interface ShellContext {
    /** The engine's report on itself. */
    Optional<ReactorRuntime> findRuntime();

    /** The engine's service for operators. */
    Optional<ReactorAdmin> findAdmin();

    /** The component runtime. */
    Optional<ServiceComponentRuntime> findComponents();

    /** What the launcher says of the files in its folder that are not served; empty where another launcher runs. */
    List<DeployTrouble> deployTroubles();

    /** Every bundle, in the order of the ids. */
    List<Bundle> bundles();

    /** The bundle that the engine's services come from. */
    Optional<Bundle> engine();

    /** Whether the properties of the engine match a filter, such as the {@code reactor.target} of a service. */
    boolean engineMatches(String filter);

    /** Nanoseconds of a clock that only goes forward. */
    long nanos();

    /**
     * Waits.
     *
     * @throws CommandFailure when the user has interrupted it
     */
    void pause(long millis) throws CommandFailure;

    /** {@link #findRuntime}, for commands that are nothing without it. */
    default ReactorRuntime runtime() throws CommandFailure {
        return findRuntime().orElseThrow(ShellContext::noEngine);
    }

    /** {@link #findAdmin}, for commands that are nothing without it. */
    default ReactorAdmin admin() throws CommandFailure {
        return findAdmin().orElseThrow(() -> findRuntime().isEmpty() ? noEngine() : oldEngine());
    }

    /** The bundle with an id. */
    default Optional<Bundle> bundle(long id) {
        return bundles().stream().filter(bundle -> bundle.getBundleId() == id).findFirst();
    }

    /** The version of a bundle, a dash when it is gone. */
    default String version(long bundleId) {
        return bundle(bundleId).map(bundle -> bundle.getVersion().toString()).orElse("-");
    }

    private static CommandFailure noEngine() {
        return new CommandFailure("no engine is running: start the bundle org.tonyreactor.impl");
    }

    private static CommandFailure oldEngine() {
        return new CommandFailure("the engine has no service ReactorAdmin: update the bundle org.tonyreactor.impl");
    }
}
