package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Pins;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:pins}. */
@Service
@Command(scope = "reactor", name = "pins", description = Pins.DESCRIPTION)
public final class PinsAction extends ReactorAction {
    @Option(name = "--gc", description = Pins.COLLECT)
    private boolean collect;

    @Override
    ShellCommand command() {
        return new Pins(collect);
    }
}
