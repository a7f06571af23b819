package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.Tool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Updates a protocol bundle many times in a row under load, and shows that nothing is lost. The exit status is 0 only when
 * all targets hold, 1 when one is missed, 2 for wrong usage.
 */
@Command(
        name = "java -jar update-proof.jar",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Updates a protocol under load, again and again, and shows that nothing is lost. What is counted must"
                        + " be right in every run; of the times, the median of all runs decides.")
public final class UpdateProof implements Callable<Integer> {
    /** Descriptors that either process needs beside those of the live connections, at least. */
    private static final int RESERVED_DESCRIPTORS = 500;

    private static final int LOG_LINES = 200;

    @Mixin
    private ProofOptions options = new ProofOptions();

    private UpdateProof() {}

    /** Runs the proof; {@code --help} lists the arguments. */
    public static void main(String[] args) {
        System.exit(Tool.run(new UpdateProof(), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return missed(options.complete(), System.out).isEmpty() ? 0 : 1;
    }

    /** Makes all runs and tells how they go; the targets that are missed, of those that decide. */
    static List<Target> missed(ProofOptions options, PrintStream out) throws IOException, InterruptedException {
        fitIntoDescriptors(options, out);
        List<Results> runs = new ArrayList<>();
        for (int run = 1; run <= options.runs; run++) {
            out.printf("run %d of %d on %s%n", run, options.runs, Runtime.version());
            Results results = run(options, out);
            runs.add(results);
            results.figures().forEach(out::println);
        }
        out.printf("%n  runs: %d; each figure is the median of all (lowest–highest)%n", options.runs);
        for (String what : List.of(Results.PAUSE, Results.FIRST_PAUSE, Results.ANSWERED)) {
            out.printf(
                    "  %-44s p99 %s ms, max %s ms%n",
                    what, Results.quoted(runs, what, 99), Results.quoted(runs, what, 100));
        }
        List<Target> targets = Results.targets(runs);
        out.printf("%n  %-44s %26s   %s%n", "target", "measured", "wanted");
        targets.forEach(target -> out.println(target.line()));
        return targets.stream()
                .filter(target -> target.decides(options.brief) && !target.holds())
                .toList();
    }

    private static Results run(ProofOptions options, PrintStream out) throws IOException, InterruptedException {
        try (Folder folder = Folder.make()) {
            LedgerBundles bundles = new LedgerBundles(folder.path());
            int port = freePort();
            bundles.pack(options.updates + 1, port, options.holdMillis);
            try (Server server = Server.start(options, folder.path(), bundles.file(1));
                    Run run = new Run(options, server, bundles, port, out)) {
                return run.run();
            } finally {
                try (Stream<String> log = Files.lines(folder.path().resolve(Server.LOG))) {
                    log.limit(LOG_LINES).forEach(line -> out.println("server: " + line));
                }
            }
        }
    }

    /** One that nobody listens on now. Linux gives those above to connecting peers: one could have it when it is bound. */
    private static int freePort() {
        while (true) { // Ends: most of them are free.
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody has it: another one.
            }
        }
    }

    /** As many connections as this process, and the server with the same limit, have descriptors for. */
    private static void fitIntoDescriptors(ProofOptions options, PrintStream out) {
        long most = Kernel.descriptors() - RESERVED_DESCRIPTORS - options.connectsPerSecond;
        if (options.live > most) {
            if (most < options.live - options.idle()) {
                throw new IllegalStateException(
                        "a limit of " + Kernel.descriptors() + " descriptors is too low; see ulimit -n");
            }
            out.println("live connections: " + most + " instead of " + options.live + ", for want of descriptors");
            options.live = (int) most;
        }
    }
}
