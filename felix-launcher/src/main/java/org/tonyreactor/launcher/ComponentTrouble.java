package org.tonyreactor.launcher;

import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What the component runtime says of components whose code has thrown. Its DTOs are read by name. */
final class ComponentTrouble {
    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final String DESCRIPTION = "org.osgi.service.component.runtime.dto.ComponentDescriptionDTO";

    /** ComponentConfigurationDTO.FAILED_ACTIVATION. */
    private static final int FAILED_ACTIVATION = 16;

    private ComponentTrouble() {}

    /** The cause, in a line with the remedy, where a component of {@code bundle} has failed. */
    static Optional<String> of(Bundle bundle, BundleContext context) {
        return ForeignService.find(context, RUNTIME).flatMap(runtime -> of(bundle, runtime));
    }

    private static Optional<String> of(Bundle bundle, ForeignService runtime) {
        Object descriptions = runtime.call(
                "getComponentDescriptionDTOs", new Class<?>[] {Bundle[].class}, (Object) new Bundle[] {bundle});
        for (Object description : (Collection<?>) descriptions) {
            Class<?>[] types = {runtime.neighbour(DESCRIPTION)};
            Object configurations = runtime.call("getComponentConfigurationDTOs", types, description);
            for (Object configuration : (Collection<?>) configurations) {
                if ((int) ForeignService.field(configuration, "state") == FAILED_ACTIVATION) {
                    String stackTrace = String.valueOf(ForeignService.field(configuration, "failure"));
                    return Optional.of("its component " + ForeignService.field(description, "name") + " has failed: "
                            + StartTrouble.ofStackTrace(stackTrace));
                }
            }
        }
        return Optional.empty();
    }
}
