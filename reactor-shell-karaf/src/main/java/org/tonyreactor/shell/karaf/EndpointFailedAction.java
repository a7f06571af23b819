package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointFailed;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-failed}. */
@Service
@Command(scope = "reactor", name = "endpoint-failed", description = EndpointFailed.DESCRIPTION)
public final class EndpointFailedAction extends ReactorAction {
    @Override
    ShellCommand command() {
        return new EndpointFailed();
    }
}
