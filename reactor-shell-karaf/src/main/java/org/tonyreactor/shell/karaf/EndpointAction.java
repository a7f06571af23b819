package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.shell.EndpointShow;

/** An action on one endpoint. */
abstract class EndpointAction extends ReactorAction {
    @Argument(name = "endpoint", description = EndpointShow.ENDPOINT, required = true)
    @Completion(EndpointCompleter.class)
    private @Nullable String endpoint;

    final String endpoint() {
        return Injected.get(endpoint);
    }
}
