package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    private final Pinning pinning = new Pinning();

    @Mixin
    private Options options;

    Comparison(Options options, Layout layout, PrintStream progress) {
        this.options = options;
        this.layout = layout;
        this.progress = progress;
    }

    /**
     * Runs the comparison.
     *
     * @param args {@code --help} lists them
     * @throws Exception when the program is in no source tree
     */
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
        Path work = Files.createTempDirectory("comparison");
        try {
            return measure(work);
        } finally {
            Folder.delete(work);
        }
    }

    private int measure(Path work) throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        Path csv = csv(work);
        List<Jdk> jdks = options.javaHomes.isEmpty()
                ? List.of(Jdk.own())
                : options.javaHomes.stream().map(Jdk::at).toList();
        int failures;
        try (Samples.File file = new Samples.File(csv, Machine.facts(layout, jdks, options))) {
            List<Candidate> candidates = available(work, file);
            Generator generator = new Generator(layout.loadGenerator(), pinning);
            failures = new Rounds(options, candidates, jdks, each -> Session.of(each, generator, options), progress)
                    .run(file);
            file.fact("duration", (System.nanoTime() - startedNanos) / 1_000_000_000 + " s");
        }
        if (options.form() == Options.Form.AGAINST) {
            progress.print(new AgainstTable(Samples.read(csv), options.works).text());
        } else {
            progress.println("figures: " + csv);
            report(csv);
        }
        return failures;
    }

    /** A run of less does not write over what took hours. */
    private Path csv(Path work) {
        return switch (options.form()) {
            case FULL -> layout.target().resolve(ROUNDS);
            case PART, SHORT -> layout.lesserRun().resolve(ROUNDS);
            case AGAINST -> work.resolve(ROUNDS);
        };
    }

    private void report(Path csv) throws IOException {
        Path folder = options.out != null
                ? options.out
                : options.form() == Options.Form.FULL ? layout.docs() : layout.lesserRun();
        new Report(Samples.read(csv), Parts.read(layout.parts())).write(folder);
        progress.println("report: " + folder.resolve(Report.FILE));
    }

    /** Those that are asked for and can run; why the others cannot is told and kept. */
    private List<Candidate> available(Path work, Samples.File file) throws IOException, InterruptedException {
        List<String> notices = new ArrayList<>();
        pinning.notice().ifPresent(notices::add);
        List<Candidate> available = new ArrayList<>();
        for (Candidate candidate : candidates(work)) {
            Optional<String> reason = candidate.unavailable();
            if (reason.isEmpty()) {
                available.add(candidate);
            } else {
                notices.add(candidate.name() + " is left out: " + reason.get());
            }
        }
        for (String notice : notices) {
            progress.println(notice);
            file.fact("notice", notice);
        }
        if (available.isEmpty()) {
            throw new IllegalArgumentException("there is no server to measure");
        }
        return available;
    }

    private List<Candidate> candidates(Path work) throws IOException, InterruptedException {
        Distribution ours = new Distribution(Servers.OURS, layout.distribution(), pinning);
        if (options.against != null) {
            progress.println("building " + options.against);
            Path tree = Files.createDirectory(work.resolve("tree"));
            Path other = Distribution.build(layout, options.against, tree);
            return List.of(ours, new Distribution(AgainstTable.OTHER, other, pinning));
        }
        List<Candidate> all = new ArrayList<>(List.of(ours));
        Stream.of(Peer.values()).forEach(peer -> all.add(new PeerServer(peer, pinning)));
        List<String> names = all.stream().map(Candidate::name).toList();
        for (String wanted : options.servers) {
            if (!names.contains(wanted)) {
                throw new IllegalArgumentException("no server " + wanted + "; there are " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(each -> options.servers.isEmpty() || options.servers.contains(each.name()))
                .toList();
    }
}
