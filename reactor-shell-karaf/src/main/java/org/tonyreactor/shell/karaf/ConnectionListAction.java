package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.shell.ConnectionList;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:connection-list}. */
@Service
@Command(scope = "reactor", name = "connection-list", description = ConnectionList.DESCRIPTION)
public final class ConnectionListAction extends ReactorAction {
    @Option(name = "--endpoint", description = ConnectionList.ENDPOINT)
    @Completion(EndpointCompleter.class)
    private @Nullable String endpoint;

    @Option(name = "--peer", description = ConnectionList.PEER)
    private @Nullable String peer;

    @Option(name = "--state", description = ConnectionList.STATE)
    @Completion(StateCompleter.class)
    private @Nullable String state;

    @Option(name = "--sort", description = ConnectionList.SORT)
    @Completion(OrderCompleter.class)
    private @Nullable String sort;

    @Option(name = "--limit", description = ConnectionList.LIMIT)
    private @Nullable String limit;

    @Override
    ShellCommand command() {
        return new ConnectionList(endpoint, peer, state, sort, limit);
    }
}
