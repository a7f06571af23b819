package org.tonyreactor.shell.karaf;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.shell.ConnectionClose;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:connection-close}. */
@Service
@Command(scope = "reactor", name = "connection-close", description = ConnectionClose.DESCRIPTION)
public final class ConnectionCloseAction extends ReactorAction {
    @Argument(name = "id", description = ConnectionClose.IDS, required = true, multiValued = true)
    @Completion(ConnectionCompleter.class)
    private @Nullable List<String> ids;

    @Override
    ShellCommand command() {
        return new ConnectionClose(Injected.get(ids));
    }
}
