package org.tonyreactor.benchmarks.update;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Updates a protocol bundle many times in a row under load, and shows that nothing is lost. Prints a table and a line of
 * JSON; the exit status is 0 only when all targets hold, 1 when one is missed, 2 for wrong usage.
 */
public final class UpdateProof {
    /** Descriptors that either process needs beside those of the live connections, at least. */
    private static final int RESERVED_DESCRIPTORS = 500;

    private static final int WRONG_USAGE = 2;

    private UpdateProof() {}

    /**
     * Runs the proof.
     *
     * @param args see {@link ProofOptions#USAGE}
     * @throws Exception when the run cannot be finished
     */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.println(ProofOptions.USAGE);
            return;
        }
        ProofOptions options;
        try {
            options = ProofOptions.of(besideTheJar(), args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + ProofOptions.USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        Report report = run(options, System.out);
        report.print(System.out);
        System.exit(report.holds(options.timesDecide()) ? 0 : 1);
    }

    /** Runs and tells how it goes. */
    static Report run(ProofOptions wanted, PrintStream progress) throws IOException, InterruptedException {
        ProofOptions options = withinDescriptors(wanted, progress);
        Path work = Files.createTempDirectory("update-proof");
        LedgerBundles bundles = new LedgerBundles(work);
        bundles.pack(options.updates() + 1);
        Tally tally = new Tally();
        try (ServerProcess server = ServerProcess.start(options.bundles(), work, options)) {
            int port = (int) server.ask("install " + bundles.file(1)).get("port");
            progress.println("server: process " + server.pid() + " on port " + port);
            Load load = new Load(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    tally,
                    new Versions(),
                    options.seed());
            try (Run run = new Run(options, load, server, bundles, progress)) {
                Measured measured = run.run();
                return Report.of(options, measured, tally, run);
            }
        } finally {
            printLog(work.resolve("server.log"), progress);
            delete(work);
        }
    }

    /** As many connections as this process, and the server with the same limit, have descriptors for. */
    private static ProofOptions withinDescriptors(ProofOptions options, PrintStream progress) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return options;
        }
        long limit = system.getMaxFileDescriptorCount();
        long most = limit - RESERVED_DESCRIPTORS - options.connectsPerSecond();
        progress.println("descriptors: " + limit + " for each process");
        if (options.live() <= most) {
            return options;
        }
        int busy = options.live() - options.idle();
        if (most < busy) {
            throw new IllegalStateException("a limit of " + limit + " descriptors is too low; see ulimit -n");
        }
        progress.println("live connections: " + most + " instead of " + options.live() + ", for want of descriptors");
        return options.withLive((int) most);
    }

    private static Path besideTheJar() throws URISyntaxException {
        Path origin = Path.of(UpdateProof.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return origin.resolveSibling("bundles");
    }

    private static void printLog(Path log, PrintStream progress) throws IOException {
        if (Files.exists(log)) {
            Files.readAllLines(log).stream().limit(200).forEach(line -> progress.println("server: " + line));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
