package org.tonyreactor.internal.whiteboard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * What the code of a component has thrown, so that its service could not be given. The registry gives null then, as it does
 * for other reasons; only the component runtime knows.
 */
final class ComponentFailure {
    /** The service's id of its component. */
    private static final String COMPONENT_ID = "component.id";

    private static final String CAUSED_BY = "Caused by: ";

    private ComponentFailure() {}

    /** The last cause, in one line; empty when the service is no component's, or when its component has not failed. */
    static Optional<String> of(BundleContext context, ServiceReference<?> service) {
        Bundle bundle = service.getBundle();
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (bundle == null || reference == null || !(service.getProperty(COMPONENT_ID) instanceof Long id)) {
            return Optional.empty();
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        if (runtime == null) {
            return Optional.empty();
        }
        try {
            return of(runtime, bundle, id);
        } finally {
            context.ungetService(reference);
        }
    }

    private static Optional<String> of(ServiceComponentRuntime runtime, Bundle bundle, long id) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                .filter(each -> each.id == id && each.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .findFirst()
                .map(each -> lastCause(each.failure));
    }

    /** Of a stack trace. */
    static String lastCause(@Nullable String stackTrace) {
        String text = String.valueOf(stackTrace).strip();
        return text.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElseGet(() -> text.lines().findFirst().orElse(""));
    }
}
