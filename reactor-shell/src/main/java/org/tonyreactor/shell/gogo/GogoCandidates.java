package org.tonyreactor.shell.gogo;

import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.tonyreactor.shell.Candidates;
import org.tonyreactor.shell.FrameworkContext;

/** What to propose, as a function that the completion asks; its name begins as Gogo's own of this kind do. */
final class GogoCandidates implements Function {
    /** In place of an option: for an argument, which has no option before it. */
    static final String ANYWHERE = "anywhere";

    private final BundleContext context;
    private final Candidates candidates;

    GogoCandidates(BundleContext context, Candidates candidates) {
        this.context = context;
        this.candidates = candidates;
    }

    static String name(Candidates candidates) {
        return "__" + candidates.name().toLowerCase(Locale.ROOT);
    }

    /** The arguments are the option, the words of the line, and the number of the word that is being typed. */
    @Override
    public List<String> execute(CommandSession session, List<Object> arguments) {
        if (!isWanted(arguments)) {
            return List.of();
        }
        try (FrameworkContext shell = new FrameworkContext(context)) {
            return candidates.of(shell);
        }
    }

    private static boolean isWanted(List<Object> arguments) {
        if (arguments.size() != 3 || !(arguments.get(1) instanceof List<?> words)) {
            return false;
        }
        String option = String.valueOf(arguments.get(0));
        int previous = Integer.parseInt(String.valueOf(arguments.get(2))) - 1;
        return option.equals(ANYWHERE)
                || (previous >= 0 && previous < words.size() && option.equals(String.valueOf(words.get(previous))));
    }
}
