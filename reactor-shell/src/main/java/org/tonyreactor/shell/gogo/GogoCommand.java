package org.tonyreactor.shell.gogo;

import java.io.PrintStream;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.FrameworkContext;

/** One command, as Gogo calls it. */
final class GogoCommand implements Function {
    private final BundleContext context;
    private final Signature signature;

    GogoCommand(BundleContext context, Signature signature) {
        this.context = context;
        this.signature = signature;
    }

    /** Prints the answer. It is no result, for a result would be printed again at the prompt. */
    @Override
    public @Nullable Object execute(CommandSession session, List<Object> typed) throws CommandFailure {
        Arguments arguments = Arguments.parse(signature, typed);
        String text;
        if (arguments.has(Parameter.HELP)) {
            text = String.join(System.lineSeparator(), signature.help());
        } else {
            try (FrameworkContext shell = new FrameworkContext(context)) {
                text = signature.maker().make(arguments).answer(shell).print(arguments.has(Parameter.JSON));
            }
        }
        // Gogo makes this the shell's own stream, the next command's in a pipe, or a file's.
        PrintStream out = System.out;
        out.println(text);
        return null;
    }
}
