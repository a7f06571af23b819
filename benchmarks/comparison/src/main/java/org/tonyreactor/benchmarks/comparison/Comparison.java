package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.Tool;
import org.tonyreactor.benchmarks.peers.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures this project and others side by side, and makes the report. The exit status is 0 only when nothing failed, 2 for
 * wrong usage.
 */
@Command(
        name = "java -jar benchmarks/comparison/target/bench.jar",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures this project and others side by side, and makes the report.")
public final class Comparison implements Callable<Integer> {
    static final String ROUNDS = "rounds.csv";

    private final Layout layout;
    private final PrintStream progress;

    @Mixin
    private Options options;

    Comparison(Options options, Layout layout, PrintStream progress) {
        this.options = options;
        this.layout = layout;
        this.progress = progress;
    }

    /** Runs the comparison; {@code --help} lists the arguments. */
    public static void main(String[] args) throws Exception {
        // A run that is broken off leaves no server behind.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        System.exit(Tool.run(new Comparison(new Options(), Layout.own(), System.out), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.complete();
        return run() == 0 ? 0 : 1;
    }

    /** Does what is asked for; the number of measurements that failed. */
    int run() throws IOException, InterruptedException {
        if (options.reportFrom != null) {
            report(options.reportFrom);
            return 0;
        }
        try (Folder work = Folder.make()) {
            return measure(work.path());
        }
    }

    private int measure(Path work) throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        // A run of less does not write over what took hours.
        Path csv = (options.form() == Options.Form.FULL ? layout.target() : layout.lesserRun()).resolve(ROUNDS);
        List<Jdk> jdks = options.javaHomes.isEmpty()
                ? List.of(Jdk.own())
                : options.javaHomes.stream().map(Jdk::at).toList();
        int failures;
        try (Samples.File file = new Samples.File(csv, Machine.facts(layout, jdks, options))) {
            List<Candidate> candidates = candidates(work, jdks, file);
            Rounds rounds = new Rounds(
                    options, candidates, each -> Session.of(each, layout.loadGenerator(), options), progress);
            failures = rounds.run(file);
            file.fact("duration", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos) + " s");
        }
        if (options.form() == Options.Form.AGAINST) {
            progress.print(new Report(Samples.read(csv)).against());
        } else {
            progress.println("figures: " + csv);
            report(csv);
        }
        return failures;
    }

    private void report(Path csv) throws IOException {
        Samples samples = Samples.read(csv);
        // A report made again goes where that of its run went.
        boolean full = samples.facts().getOrDefault("form", "").equals("full");
        Path folder = full ? layout.root().resolve("docs") : layout.lesserRun();
        new Report(samples).write(folder);
        progress.println("report: " + folder.resolve(Report.FILE));
    }

    /** Those that are asked for and can run, on each JDK; why the others cannot is told and kept. */
    private List<Candidate> candidates(Path work, List<Jdk> jdks, Samples.File file)
            throws IOException, InterruptedException {
        if (!Pinning.POSSIBLE) {
            notice("server and load generator share the processors: there are not two, or no taskset", file);
        }
        List<Candidate> all = new ArrayList<>();
        for (Jdk jdk : jdks) {
            all.add(new Distribution(Servers.OURS, layout.distribution(), Optional.of(jdk)));
        }
        if (options.against != null) {
            progress.println("building " + options.against);
            Path other = Distribution.build(layout, options.against, Files.createDirectory(work.resolve("tree")));
            jdks.forEach(jdk -> all.add(new Distribution(Servers.OTHER, other, Optional.of(jdk))));
            return all;
        }
        for (Peer peer : Peer.values()) {
            Optional<String> reason = wants(peer.label()) ? peer.unavailable() : Optional.empty();
            if (reason.isPresent()) {
                notice(peer.label() + " is left out: " + reason.get(), file);
            } else if (peer.runsOnJava()) {
                jdks.forEach(jdk -> all.add(new PeerServer(peer, Optional.of(jdk))));
            } else {
                all.add(new PeerServer(peer, Optional.empty()));
            }
        }
        return all.stream().filter(each -> wants(each.name())).toList();
    }

    private boolean wants(String server) {
        return options.servers.isEmpty() || options.servers.contains(server);
    }

    private void notice(String text, Samples.File file) throws IOException {
        progress.println(text);
        file.fact("notice", text);
    }
}
