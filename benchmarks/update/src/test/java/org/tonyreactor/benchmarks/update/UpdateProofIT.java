package org.tonyreactor.benchmarks.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of the proof. Times are printed and decide nothing. */
class UpdateProofIT {
    private static final Path BUNDLES = Path.of(System.getProperty("bundles.directory"));

    @Test
    void losesNothingInTenUpdatesUnderLoad() throws Exception {
        ProofOptions options = ProofOptions.of(BUNDLES, "--short");

        Report report = UpdateProof.run(options, System.out);

        report.print(System.out);
        assertEquals(List.of(), report.missed(options.timesDecide()));
    }

    @Test
    void noticesThatConnectionsAreLostWhenTheEndpointIsNotHeld() throws Exception {
        ProofOptions options = ProofOptions.of(
                BUNDLES,
                "--short",
                "--hold-millis=0",
                "--updates=1",
                "--live=60",
                "--talkers=20",
                "--shapes=5",
                "--baseline=0");

        Report report = UpdateProof.run(options, new PrintStream(OutputStream.nullOutputStream()));

        List<String> missed =
                report.missed(options.timesDecide()).stream().map(Target::name).toList();
        assertTrue(
                missed.containsAll(List.of(
                        "live connections that did not answer", "connections ended by the server", "handed over")),
                missed::toString);
    }
}
