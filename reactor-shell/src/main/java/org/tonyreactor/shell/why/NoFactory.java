package org.tonyreactor.shell.why;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.tonyreactor.shell.ShellContext;
import org.tonyreactor.shell.TextWidth;

/** Why an active bundle has registered no factory. */
final class NoFactory {
    private static final String SERVICE_COMPONENT = "Service-Component";

    private final ShellContext shell;

    NoFactory(ShellContext shell) {
        this.shell = shell;
    }

    Finding find(Bundle bundle) {
        if (bundle.getHeaders("").get(SERVICE_COMPONENT) == null) {
            return new Finding(
                    "no-factory",
                    "it has no component and has registered no ProtocolFactory",
                    "annotate its factory with @Component(service = ProtocolFactory.class) and @ReactorEndpoint, or "
                            + "register it in its activator");
        }
        return components(bundle, WhyFactory.FACTORY)
                .orElseGet(() -> new Finding(
                        "no-factory",
                        "none of its components has the service ProtocolFactory",
                        "write @Component(service = ProtocolFactory.class) on its factory"));
    }

    /** Why the engine's own component is not there. */
    Finding engine(Bundle engine) {
        return components(engine, "")
                .orElseGet(() -> new Finding("no-engine", "its component is not running", "look into the log"));
    }

    private Optional<Finding> components(Bundle bundle, String service) {
        Optional<ServiceComponentRuntime> runtime = shell.findComponents();
        if (runtime.isEmpty()) {
            return Optional.of(new Finding(
                    "no-component-runtime",
                    "it is made of components and no component runtime is running",
                    "install and start org.apache.felix.scr"));
        }
        return runtime.get().getComponentDescriptionDTOs(bundle).stream()
                .filter(each ->
                        service.isEmpty() || List.of(each.serviceInterfaces).contains(service))
                .findFirst()
                .map(each -> component(runtime.get(), each));
    }

    private static Finding component(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
        String its = "its component " + component.name;
        if (!runtime.isComponentEnabled(component)) {
            return new Finding("component-disabled", its + " is disabled", "enable it: scr:enable " + component.name);
        }
        Collection<ComponentConfigurationDTO> configurations = runtime.getComponentConfigurationDTOs(component);
        return configurations.stream()
                .findFirst()
                .map(each -> configuration(its, component, each))
                .orElseGet(() -> unconfigured(its, component));
    }

    private static Finding configuration(
            String its, ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> unconfigured(its, component);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> unsatisfied(its, component, configuration);
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                new Finding(
                        "component-failed",
                        its + " threw when it was activated: " + firstLine(configuration.failure),
                        "correct the cause and restart the bundle; the log has the whole of it");
            default ->
                new Finding(
                        "component-starting",
                        its + " is satisfied and its service not there yet",
                        "ask again in a moment");
        };
    }

    private static Finding unconfigured(String its, ComponentDescriptionDTO component) {
        return new Finding(
                "component-unconfigured",
                its + " waits for a configuration",
                "create one with the PID "
                        + Stream.of(component.configurationPid).collect(Collectors.joining(" or ")));
    }

    private static Finding unsatisfied(
            String its, ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        String waits = Stream.of(configuration.unsatisfiedReferences)
                .map(reference -> service(component, reference))
                .collect(Collectors.joining(" and "));
        return new Finding("component-unsatisfied", its + " waits for " + waits, "start the bundle that provides it");
    }

    private static String service(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO unsatisfied) {
        String type = Stream.of(component.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map((ReferenceDTO reference) -> reference.interfaceName)
                .findFirst()
                .orElse("a service");
        String target = unsatisfied.target == null ? "" : " with " + unsatisfied.target;
        return type + target + " (reference " + unsatisfied.name + ")";
    }

    private static String firstLine(String failure) {
        return failure == null
                ? ""
                : TextWidth.fold(failure.strip().split("\\R", 2)[0], 300).get(0);
    }
}
