package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-handover}. */
@Service
@Command(scope = "reactor", name = "endpoint-handover", description = EndpointChange.HAND_OVER)
public final class EndpointHandOverAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointChange(EndpointChange.Change.HAND_OVER, endpoint());
    }
}
