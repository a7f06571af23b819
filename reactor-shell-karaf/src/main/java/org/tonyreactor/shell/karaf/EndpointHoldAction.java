package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-hold}. */
@Service
@Command(scope = "reactor", name = "endpoint-hold", description = EndpointChange.HOLD)
public final class EndpointHoldAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointChange(EndpointChange.Change.HOLD, endpoint());
    }
}
