package org.tonyreactor.shell.gogo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tonyreactor.shell.Candidates;

final class CompletionsTest {
    private final String script = new Completions(Signatures.all()).script();

    @Test
    void tellsEveryCommandAndOption() {
        for (Signature signature : Signatures.all()) {
            assertTrue(script.contains("gogo:complete -c " + signature.fullName() + " -d '"), signature.name());
            for (Parameter parameter : signature.parameters()) {
                assertTrue(
                        parameter.isArgument()
                                || script.contains("-c " + signature.fullName() + " -l "
                                        + parameter.name().substring(2) + " "),
                        parameter.name());
            }
        }
    }

    @Test
    void asksForValuesWhereThereAreSome() {
        List<String> lines = script.lines().toList();

        assertTrue(lines.contains(
                "gogo:complete -c reactor:endpoint-show -a 'reactor:" + GogoCandidates.name(Candidates.ENDPOINTS)
                        + " anywhere ($.commandLine words) ($.commandLine wordIndex)'"));
        assertTrue(lines.contains("gogo:complete -c reactor:connection-list -a 'reactor:"
                + GogoCandidates.name(Candidates.ORDERS) + " --sort ($.commandLine words) ($.commandLine wordIndex)'"));
    }
}
