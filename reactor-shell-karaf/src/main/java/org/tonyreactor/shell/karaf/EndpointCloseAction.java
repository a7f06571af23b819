package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-close}. */
@Service
@Command(scope = "reactor", name = "endpoint-close", description = EndpointChange.CLOSE)
public final class EndpointCloseAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointChange(EndpointChange.Change.CLOSE, endpoint());
    }
}
