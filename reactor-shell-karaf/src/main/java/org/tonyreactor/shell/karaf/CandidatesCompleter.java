package org.tonyreactor.shell.karaf;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.tonyreactor.shell.Candidates;
import org.tonyreactor.shell.FrameworkContext;

/** Proposes what there is at the moment. */
abstract class CandidatesCompleter implements Completer {
    private final Candidates candidates;

    @Reference
    private @Nullable BundleContext context;

    CandidatesCompleter(Candidates candidates) {
        this.candidates = candidates;
    }

    @Override
    public final int complete(Session session, CommandLine line, List<String> proposed) {
        try (FrameworkContext shell = new FrameworkContext(Injected.get(context))) {
            return new StringsCompleter(candidates.of(shell)).complete(session, line, proposed);
        }
    }
}
