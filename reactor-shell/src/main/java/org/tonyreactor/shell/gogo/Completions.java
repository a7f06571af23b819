package org.tonyreactor.shell.gogo;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.tonyreactor.shell.Candidates;

/**
 * Tells each new session of the JLine shell how the commands are completed, with that shell's own command
 * {@code complete}. It is done when the session runs its first command, which is the shell's profile, and leaves nothing
 * but text behind. Shells that know no completion are left alone.
 */
final class Completions implements CommandSessionListener {
    private static final String KNOWN = ".completions";
    private static final String TOLD = ".reactor.completions";

    private final List<Signature> signatures;

    Completions(List<Signature> signatures) {
        this.signatures = signatures;
    }

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        if (session.get(KNOWN) == null || session.get(TOLD) != null) {
            return;
        }
        session.put(TOLD, true);
        try {
            session.execute(script());
        } catch (Exception e) {
            // Then there is no completion in this session; what the user has typed goes on.
            session.put(KNOWN + ".failure", e.toString());
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception exception) {}

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {}

    /** A line for each command and for each of its parameters. */
    String script() {
        StringBuilder script = new StringBuilder();
        for (Signature signature : signatures) {
            String line = "gogo:complete -c " + signature.fullName();
            script.append(line)
                    .append(" -d ")
                    .append(quoted(signature.description()))
                    .append('\n');
            for (Parameter parameter : signature.parameters()) {
                script.append(line);
                if (parameter.isArgument()) {
                    script.append(arguments(parameter));
                } else {
                    script.append(" -l ").append(parameter.name().substring(2));
                    script.append(" --description ").append(quoted(parameter.description()));
                }
                script.append('\n');
                if (parameter.kind() == Parameter.Kind.OPTION && parameter.candidates() != Candidates.NONE) {
                    script.append(line).append(arguments(parameter)).append('\n');
                }
            }
        }
        return script.toString();
    }

    /** JLine would propose the values of an option anywhere: the function is told where the cursor is, and decides. */
    private static String arguments(Parameter parameter) {
        String name = parameter.isArgument() ? GogoCandidates.ANYWHERE : parameter.name();
        return " -a "
                + quoted(Signature.SCOPE + ":" + GogoCandidates.name(parameter.candidates()) + " " + name
                        + " ($.commandLine words) ($.commandLine wordIndex)");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "") + "'";
    }
}
