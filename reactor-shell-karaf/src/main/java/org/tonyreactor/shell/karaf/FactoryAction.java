package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.shell.FactoryChange;

/** An action on one factory. */
abstract class FactoryAction extends ReactorAction {
    @Argument(name = "service", description = FactoryChange.SERVICE_ID, required = true)
    @Completion(FactoryCompleter.class)
    private @Nullable String service;

    final String service() {
        return Injected.get(service);
    }
}
