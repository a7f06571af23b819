package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-suspend}. */
@Service
@Command(scope = "reactor", name = "endpoint-suspend", description = EndpointChange.SUSPEND)
public final class EndpointSuspendAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointChange(EndpointChange.Change.SUSPEND, endpoint());
    }
}
