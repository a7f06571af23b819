package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From a line typed at the prompt of the shell, which installs and starts a bundle, to the bundle's first echo. The server
 * is one that is used: the same has been done before, each time with a file of its own, and undone again. So what is
 * measured is neither the first line that the shell reads nor the first bundle that the component runtime sees. The
 * bundle is the sample of the distribution, which is taken out before the server starts.
 */
final class ShellMeasurement implements Measurement {
    /** Installs before the one that counts. */
    static final int EARLIER_INSTALLS = 10;

    /** People type once they see the prompt; what comes earlier waits until the shell has drawn it. */
    private static final long PAUSE_MILLIS = 300;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long BOUND_SECONDS = 20;
    private static final String SAMPLE = "org.tonyreactor.sample.echo";

    @Override
    public Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        if (!(contestant instanceof Distribution ours)) {
            throw new IllegalArgumentException(contestant.name() + " has no shell");
        }
        if (Pinning.onPath("script").isEmpty()) {
            throw new MeasuringFailure("there is no script, which makes a terminal for the shell");
        }
        Path home = ours.unpack(folder);
        int port = FreePorts.find(1).get(0);
        ours.configureOne(home, work.workers(), port);
        Path bundle = Files.move(DeployMeasurement.sample(home), folder.resolve("sample.jar"));
        try (Server server = ours.startOnTerminal(jdk, work, home, folder)) {
            server.child().await(line -> line.contains("Welcome"), BOUND_SECONDS);
            for (int install = 0; install < EARLIER_INSTALLS; install++) {
                install(server, copy(bundle, install), port);
                uninstall(server, install);
                DeployMeasurement.awaitEnd(port);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return Map.of(Metric.MILLIS, install(server, copy(bundle, EARLIER_INSTALLS), port));
        }
    }

    private static double install(Server server, Path bundle, int port) throws IOException, InterruptedException {
        long typedNanos = System.nanoTime();
        server.child().type("start " + bundle.toUri() + "\r");
        DeployMeasurement.awaitEcho(port);
        return (System.nanoTime() - typedNanos) / NANOS_PER_MILLI;
    }

    /** Waits until the shell has done it. The quotes tell what it answers from what was typed. */
    private static void uninstall(Server server, int install) throws IOException, InterruptedException {
        server.child().type("uninstall " + SAMPLE + "; echo \"gone\" " + install + "\r");
        server.child().await(line -> line.contains("gone " + install), BOUND_SECONDS);
    }

    private static Path copy(Path bundle, int install) throws IOException {
        return Files.copy(bundle, bundle.resolveSibling("sample-" + install + ".jar"));
    }
}
