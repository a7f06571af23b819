package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.DeployTrouble;
import org.tonyreactor.shell.ShellContext;

/** From a bundle to its endpoints, step by step. */
final class WhyBundle {
    static final String ENGINE = "org.tonyreactor.impl";

    private final ShellContext shell;
    private final NotActive notActive;
    private final NoFactory noFactory;

    WhyBundle(ShellContext shell) {
        this.shell = shell;
        notActive = new NotActive(shell);
        noFactory = new NoFactory(shell);
    }

    /** At least one. */
    List<Finding> findings(Bundle bundle) {
        Optional<DeployTrouble> told = shell.deployTroubles().stream()
                .filter(trouble -> trouble.bundleId() == bundle.getBundleId())
                .findFirst();
        Optional<Finding> hanging = told.filter(DeployTrouble::isHanging).map(WhyBundle::hanging);
        if (hanging.isPresent()) {
            return withHeld(bundle, hanging.get());
        }
        Optional<Finding> inTheWay = notActive.find(bundle);
        if (inTheWay.isPresent()) {
            return withHeld(
                    bundle, told.map(trouble -> told(trouble, inTheWay.get())).orElse(inTheWay.get()));
        }
        if (ENGINE.equals(bundle.getSymbolicName())) {
            return List.of(engine());
        }
        List<ServiceReference<?>> factories = factories(bundle);
        if (factories.isEmpty()) {
            return withHeld(bundle, noFactory.find(bundle));
        }
        if (shell.findRuntime().isEmpty()) {
            return List.of(engine());
        }
        List<Finding> findings = new ArrayList<>();
        factories.forEach(factory -> findings.addAll(new WhyFactory(shell, factory).findings()));
        findings.addAll(new HeldUpWorkers(shell).findings(runtime(), bundle));
        return findings;
    }

    /** Nothing else is known of a bundle while a call into it does not come back. */
    private static Finding hanging(DeployTrouble trouble) {
        return new Finding("hanging", trouble.line(), "", trouble.stack());
    }

    /** The launcher has seen what the start has thrown, which a bundle does not keep. */
    private static Finding told(DeployTrouble trouble, Finding state) {
        return state.cause().equals(NotActive.START_FAILED) ? new Finding(state.cause(), trouble.line(), "") : state;
    }

    /** Why there is no engine, or that there is one. */
    private Finding engine() {
        Optional<Bundle> engine = shell.bundles().stream()
                .filter(each -> ENGINE.equals(each.getSymbolicName()))
                .findFirst();
        if (engine.isEmpty()) {
            return new Finding("no-engine", "no engine is installed", "install and start the bundle " + ENGINE);
        }
        if (shell.findRuntime().isPresent()) {
            return Finding.live("the engine runs");
        }
        Finding cause = notActive.find(engine.get()).orElseGet(() -> noFactory.engine(engine.get()));
        return new Finding(
                "no-engine",
                "no engine is running: " + NameOf.bundle(engine.get()) + ": " + cause.because(),
                cause.remedy());
    }

    private static List<ServiceReference<?>> factories(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return Stream.of(services == null ? new ServiceReference<?>[0] : services)
                .<ServiceReference<?>>map(each -> each)
                .filter(each -> each.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                        && Arrays.asList(types).contains(WhyFactory.FACTORY))
                .toList();
    }

    /** What becomes of its peers meanwhile. */
    private List<Finding> withHeld(Bundle bundle, Finding finding) {
        List<Finding> findings = new ArrayList<>(List.of(finding));
        for (EndpointDTO each : HeldEndpoints.merged(runtime().endpointDTOs)) {
            if (each.bundleId == bundle.getBundleId() && each.state == EndpointDTO.STATE_HELD) {
                findings.add(new Finding(WhyFactory.HELD, WhyFactory.held(each).because(), ""));
            }
        }
        return findings;
    }

    private RuntimeDTO runtime() {
        return shell.findRuntime().map(service -> service.getRuntimeDTO()).orElseGet(RuntimeDTO::new);
    }
}
