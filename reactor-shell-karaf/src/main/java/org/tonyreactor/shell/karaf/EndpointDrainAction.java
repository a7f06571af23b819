package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-drain}. */
@Service
@Command(scope = "reactor", name = "endpoint-drain", description = EndpointChange.DRAIN)
public final class EndpointDrainAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointChange(EndpointChange.Change.DRAIN, endpoint());
    }
}
