package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.EndpointList;
import org.tonyreactor.shell.EndpointMemory;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:endpoint-list}. */
@Service
@Command(scope = "reactor", name = "endpoint-list", description = EndpointList.DESCRIPTION)
public final class EndpointListAction extends ReactorAction {
    @Option(name = "--memory", description = EndpointList.MEMORY)
    private boolean memory;

    @Override
    ShellCommand command() {
        return memory ? new EndpointMemory() : new EndpointList();
    }
}
