package org.tonyreactor.benchmarks.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of the proof. Times are printed and decide nothing. */
class UpdateProofIT {
    private static final String BUNDLES = System.getProperty("platform.directory");

    @Test
    void losesNothingInTenUpdatesUnderLoad() throws Exception {
        ProofOptions options = ProofOptions.of("--bundles", BUNDLES, "--short");

        assertEquals(List.of(), UpdateProof.missed(options, System.out));
    }

    @Test
    void noticesThatConnectionsAreLostWhenTheEndpointIsNotHeld() throws Exception {
        ProofOptions options = ProofOptions.of(
                ("--short --hold-millis=0 --updates=1 --live=60 --active=20 --shapes=5 --baseline=0 --bundles="
                                + BUNDLES)
                        .split(" ", -1));

        List<Target> missed = UpdateProof.missed(options, new PrintStream(OutputStream.nullOutputStream()));

        List<String> names = missed.stream().map(Target::name).toList();
        assertTrue(
                names.containsAll(List.of(
                        "live connections that did not answer", "connections ended by the server", "handed over")),
                names::toString);
    }
}
