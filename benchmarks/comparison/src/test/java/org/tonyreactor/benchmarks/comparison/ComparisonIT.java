package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tonyreactor.benchmarks.peers.Peer;

/** The shortest form, to show that it works. How fast anything is decides nothing here. */
final class ComparisonIT {
    @Test
    void measuresServersSideBySideAndMakesTheReport() throws Exception {
        List<String> servers = new ArrayList<>(List.of(Servers.OURS, "nio"));
        if (Peer.C_EPOLL.unavailable().isEmpty()) {
            servers.add(Servers.REFERENCE);
        }
        Layout layout = Layout.own();
        Options options = Options.of(
                "--short",
                "--servers",
                String.join(",", servers),
                "--works",
                "echo-50,churn-50",
                "--seconds",
                "0.3",
                "--warmup",
                "0.3");

        int failures = new Comparison(options, layout, System.out).run();

        Samples samples = Samples.read(layout.lesserRun().resolve(Comparison.ROUNDS));
        String jdk = Jdk.own().version();
        assertEquals(0, failures, samples.facts()::toString);
        for (String work : List.of("echo-50", "churn-50")) {
            assertEquals(servers.size(), samples.servers(jdk, work, Metric.RATE).size());
            for (String server : servers) {
                assertTrue(samples.figure(jdk, server, work, Metric.RATE).median() > 0, server);
                assertTrue(samples.figure(jdk, server, work, Metric.CPU).median() > 0, server);
            }
        }
        Path report = layout.lesserRun().resolve(Report.FILE);
        assertTrue(Files.readString(report).contains("| connect, echo, close, 50 in parallel | tonyreactor |"));
        assertTrue(Files.exists(layout.lesserRun().resolve("performance/churn.svg")));
    }
}
