package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.ClassLoaderLeaks;
import org.tonyreactor.shell.ShellCommand;

/** {@code reactor:leaks}. */
@Service
@Command(scope = "reactor", name = "leaks", description = ClassLoaderLeaks.DESCRIPTION)
public final class LeaksAction extends ReactorAction {
    @Option(name = "--gc", description = ClassLoaderLeaks.COLLECT)
    private boolean collect;

    @Override
    ShellCommand command() {
        return new ClassLoaderLeaks(collect);
    }
}
