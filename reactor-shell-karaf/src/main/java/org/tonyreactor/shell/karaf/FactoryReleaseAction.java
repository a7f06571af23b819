package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.FactoryChange;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:factory-release}. */
@Service
@Command(scope = "reactor", name = "factory-release", description = FactoryChange.RELEASE)
public final class FactoryReleaseAction extends FactoryAction {
    @Override
    ShellCommand command() {
        return new FactoryChange(false, service());
    }
}
