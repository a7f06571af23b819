package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures this project and others side by side, and makes the report. The exit status is 0 only when nothing failed, 2 for
 * wrong usage.
 */
public final class Comparison {
    static final String ROUNDS = "rounds.csv";
    private static final int WRONG_USAGE = 2;

    private final Options options;
    private final Layout layout;
    private final PrintStream progress;
    private final Pinning pinning = new Pinning();

    Comparison(Options options, Layout layout, PrintStream progress) {
        this.options = options;
        this.layout = layout;
        this.progress = progress;
    }

    /**
     * Runs the comparison.
     *
     * @param args see {@link Options#USAGE}
     * @throws Exception when the run cannot go on
     */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            Comparison comparison = new Comparison(Options.of(args), Layout.own(), System.out);
            // A run that is broken off leaves no server behind.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
            System.exit(comparison.run() == 0 ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(WRONG_USAGE);
        }
    }

    /** Does what is asked for; the number of measurements that failed. */
    int run() throws IOException, InterruptedException {
        if (options.reportFrom().isPresent()) {
            report(options.reportFrom().get());
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
        List<Jdk> jdks = options.jdks().isEmpty()
                ? List.of(Jdk.own())
                : options.jdks().stream().map(Jdk::at).toList();
        int failures;
        try (RoundsFile file = new RoundsFile(csv, Machine.facts(layout, jdks, options))) {
            List<Contestant> contestants = available(work, file);
            Sittings sittings = new Sittings(new Generator(layout.loadGenerator(), pinning), options);
            failures = new Rounds(options, contestants, jdks, sittings::of, progress).run(file);
            file.fact("duration", (System.nanoTime() - startedNanos) / 1_000_000_000 + " s");
        }
        if (options.form() == Options.Form.AGAINST) {
            progress.print(new AgainstTable(Samples.read(csv), options.works()).text());
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
        Path folder =
                options.out().orElseGet(() -> options.form() == Options.Form.FULL ? layout.docs() : layout.lesserRun());
        new Report(Samples.read(csv), layout.docs().resolve("performance/micro.csv")).write(folder);
        keep(csv, folder.resolve("performance").resolve(ROUNDS));
        progress.println("report: " + folder.resolve(Report.FILE));
    }

    /** The figures stand beside the pictures, so that the report can be made again from them. */
    private static void keep(Path csv, Path beside) throws IOException {
        if (!Files.exists(beside) || !Files.isSameFile(csv, beside)) {
            Files.copy(csv, beside, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Those that are asked for and can run; why the others cannot is told and kept. */
    private List<Contestant> available(Path work, RoundsFile file) throws IOException, InterruptedException {
        List<String> notices = new ArrayList<>();
        pinning.notice().ifPresent(notices::add);
        List<Contestant> available = new ArrayList<>();
        for (Contestant contestant : contestants(work)) {
            Optional<String> reason = contestant.unavailable();
            if (reason.isEmpty()) {
                available.add(contestant);
            } else {
                notices.add(contestant.name() + " is left out: " + reason.get());
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

    private List<Contestant> contestants(Path work) throws IOException, InterruptedException {
        Distribution ours = new Distribution(Servers.OURS, layout.distribution(), pinning);
        if (options.against().isPresent()) {
            String commit = options.against().get();
            progress.println("building " + commit);
            Path tree = Files.createDirectory(work.resolve("tree"));
            Path other = new CommitBuild(layout).distribution(commit, tree);
            return List.of(ours, new Distribution(AgainstTable.OTHER, other, pinning));
        }
        List<Contestant> all =
                Stream.concat(Stream.of(ours), PeerServer.all(pinning)).toList();
        List<String> names = all.stream().map(Contestant::name).toList();
        for (String wanted : options.servers()) {
            if (!names.contains(wanted)) {
                throw new IllegalArgumentException("no server " + wanted + "; there are " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(each -> options.servers().isEmpty() || options.servers().contains(each.name()))
                .toList();
    }
}
