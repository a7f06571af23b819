package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.shell.ShellCommand;
import org.tonyreactor.shell.why.Why;

/** {@code reactor:why}. */
@Service
@Command(scope = "reactor", name = "why", description = Why.DESCRIPTION)
public final class WhyAction extends ReactorAction {
    @Argument(name = "subject", description = Why.SUBJECT, required = true)
    @Completion(SubjectCompleter.class)
    private @Nullable String subject;

    @Option(name = "--bundle", description = Why.BUNDLE)
    private boolean bundle;

    @Override
    ShellCommand command() {
        return new Why(Injected.get(subject), bundle);
    }
}
