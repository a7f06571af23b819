package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointShow;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-show}. */
@Service
@Command(scope = "reactor", name = "endpoint-show", description = EndpointShow.DESCRIPTION)
public final class EndpointShowAction extends EndpointAction {
    @Override
    ShellCommand command() {
        return new EndpointShow(endpoint());
    }
}
