package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-resume}. */
@Service
@Command(scope = "reactor", name = "endpoint-resume", description = EndpointChange.RESUME)
public final class EndpointResumeAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointChange(EndpointChange.Change.RESUME, endpoint());
    }
}
