package org.tonyreactor.shell.karaf;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.FrameworkContext;
import org.tonyreactor.shell.ShellCommand;

/** What all actions have in common. */
abstract class ReactorAction implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Option(name = "--json", description = "Print JSON instead.")
    private boolean json;

    /** The command as it was typed. */
    abstract ShellCommand command();

    /**
     * Prints the answer. It is no result, for a result would be printed again at the prompt. What cannot be done is Karaf's
     * own exception, which it shows and does not log: a typo at the prompt is no error of the server.
     */
    @Override
    public final @Nullable Object execute() throws CommandException {
        try (FrameworkContext shell = new FrameworkContext(Injected.get(context))) {
            String text = command().answer(shell).print(json);
            // Karaf makes this the session's own stream, or the next command's in a pipe.
            PrintStream out = System.out;
            out.println(text);
        } catch (CommandFailure e) {
            throw new CommandException(e.getMessage(), e);
        }
        return null;
    }
}
