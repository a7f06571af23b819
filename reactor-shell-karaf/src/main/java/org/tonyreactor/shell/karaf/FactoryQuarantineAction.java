package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.FactoryChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:factory-quarantine}. */
@Service
@Command(scope = "reactor", name = "factory-quarantine", description = FactoryChange.QUARANTINE)
public final class FactoryQuarantineAction extends FactoryAction {
    @Override
    ShellCommand command() {
        return new FactoryChange(true, service());
    }
}
