package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.comparison.Candidate.OnJdk;
import org.tonyreactor.benchmarks.harness.FreePorts;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;
import org.tonyreactor.benchmarks.peers.Peer;

/** How long it takes to the first echo, in milliseconds: of a process, or of a bundle that comes into a running server. */
final class FirstEcho {
    /** How often the server looks into the folder for bundles. */
    static final int POLL_MILLIS = 250;

    /** Installs in the shell before the one that counts. */
    private static final int EARLIER_INSTALLS = 10;

    /** People type once they see the prompt; what comes earlier waits until the shell has drawn it. */
    private static final long PAUSE_MILLIS = 300;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long BOUND_SECONDS = 20;
    private static final long TRY_MILLIS = 1;
    private static final String SAMPLE = "org.tonyreactor.sample.echo";

    private FirstEcho() {}

    /**
     * From the start of the process. Unpacking and configuring come before it, and for this project's server the command
     * that keeps its classes, so it is its second start.
     */
    static Map<String, Double> ofStart(OnJdk candidate, Work work, Path folder)
            throws IOException, InterruptedException {
        try (Server server = start(candidate, work, folder)) {
            Server.echo(server.port());
            return millisSince(server.process().startedNanos());
        }
    }

    private static Server start(OnJdk candidate, Work work, Path folder) throws IOException, InterruptedException {
        if (!(candidate.candidate() instanceof Distribution ours)) {
            return candidate.start(work, folder);
        }
        Path home = ours.unpack(folder);
        ours.configure(home, work.workers(), List.of(0));
        ours.keepClasses(candidate.jdk(), home, folder);
        return ours.start(candidate.jdk(), work, home, folder);
    }

    /**
     * From a bundle dropped into {@code deploy/} of a running server. The bundle is the sample of the distribution, which
     * is taken out before the server starts.
     */
    static Map<String, Double> ofDeploy(OnJdk candidate, Work work, Path folder)
            throws IOException, InterruptedException {
        Distribution ours = ours(candidate);
        Path home = ours.unpack(folder);
        int port = FreePorts.find(1).get(0);
        ours.configure(home, work.workers(), List.of(port));
        Path bundle = takeOutSample(home, folder);
        try (Server server = ours.start(candidate.jdk(), work, home, folder)) {
            long droppedNanos = System.nanoTime();
            Files.copy(bundle, home.resolve("deploy/sample.jar"));
            awaitEcho(server, port, true);
            return millisSince(droppedNanos);
        }
    }

    /**
     * From a line typed at the prompt of the shell, which installs and starts a bundle. The server is one that is used: the
     * same has been done before, each time with a file of its own, and undone again. So what is measured is neither the
     * first line that the shell reads nor the first bundle that the component runtime sees.
     */
    static Map<String, Double> ofShell(OnJdk candidate, Work work, Path folder)
            throws IOException, InterruptedException {
        if (Peer.onPath("script").isEmpty()) {
            throw new MeasuringFailure("there is no script, which makes a terminal for the shell");
        }
        Distribution ours = ours(candidate);
        Path home = ours.unpack(folder);
        int port = FreePorts.find(1).get(0);
        ours.configureOne(home, work.workers(), port);
        Path bundle = takeOutSample(home, folder);
        try (Server server = ours.startOnTerminal(candidate.jdk(), work, home, folder)) {
            server.process().await(line -> line.contains("Welcome"), BOUND_SECONDS);
            for (int install = 0; install < EARLIER_INSTALLS; install++) {
                install(server, bundle, install, port);
                uninstall(server, install);
                awaitEcho(server, port, false);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return install(server, bundle, EARLIER_INSTALLS, port);
        }
    }

    private static Map<String, Double> install(Server server, Path bundle, int install, int port)
            throws IOException, InterruptedException {
        Path copy = Files.copy(bundle, bundle.resolveSibling("sample-" + install + ".jar"));
        long typedNanos = System.nanoTime();
        server.process().type("start " + copy.toUri() + "\r");
        awaitEcho(server, port, true);
        return millisSince(typedNanos);
    }

    /** Waits until the shell has done it. The quotes tell what it answers from what was typed. */
    private static void uninstall(Server server, int install) throws IOException, InterruptedException {
        server.process().type("uninstall " + SAMPLE + "; echo \"gone\" " + install + "\r");
        server.process().await(line -> line.contains("gone " + install), BOUND_SECONDS);
    }

    private static Distribution ours(OnJdk candidate) {
        if (candidate.candidate() instanceof Distribution ours) {
            return ours;
        }
        throw new IllegalArgumentException(candidate.name() + " takes no bundles");
    }

    private static Path takeOutSample(Path home, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("bundles"))) {
            Path sample = files.filter(file -> file.getFileName().toString().startsWith("sample-echo"))
                    .findFirst()
                    .orElseThrow();
            return Files.move(sample, folder.resolve("sample.jar"));
        }
    }

    private static Map<String, Double> millisSince(long nanos) {
        return Map.of(Metric.MILLIS, (System.nanoTime() - nanos) / NANOS_PER_MILLI);
    }

    /** Tries until there is an echo, or until there is none any more. */
    private static void awaitEcho(Server server, int port, boolean wanted) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (echoes(port) != wanted) { // Ends: at the deadline.
            if (System.nanoTime() - deadlineNanos > 0) {
                throw server.process()
                        .failure("the bundle " + (wanted ? "does not answer" : "still answers") + " after "
                                + BOUND_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(TRY_MILLIS);
        }
    }

    private static boolean echoes(int port) {
        try {
            Server.echo(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
