package org.tonyreactor.benchmarks.update;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.benchmarks.harness.Tool;
import picocli.CommandLine.Option;

/** What a proof does. What is not said is as in the long form, or, with {@code --short}, as in the short form. */
final class ProofOptions {
    @Option(
            names = "--short",
            description = "10 updates, 500 connections; times and the machine's counters are told and decide nothing")
    boolean brief;

    @Option(names = "--runs", description = "of the whole; medians of their times decide (default 1)")
    int runs = 1;

    @Option(names = "--updates", description = "of the protocol bundle in a row (default 100)")
    int updates = -1;

    @Option(names = "--live", description = "connections that live through all of them (default 10000)")
    int live = -1;

    @Option(names = "--active", description = "of these, those that ask all the time (default 1000)")
    int active = -1;

    @Option(names = "--shapes", description = "of these, those in mid-frame, paused and half closed each (default 50)")
    int shapes = -1;

    @Option(names = "--slow-readers", description = "of these, those with pending output (default 10)")
    int slowReaders = -1;

    @Option(names = "--connects", description = "a second, which come, ask once and go (default 1000)")
    int connectsPerSecond = -1;

    @Option(names = "--baseline", description = "rounds without an update (default 20)")
    int baselineRounds = -1;

    @Option(
            names = "--hold-millis",
            description = "reactor.hold.timeout.millis (default 30000); 0 shows what a run that loses looks like")
    int holdMillis = 30_000;

    @Option(names = "--bundles", description = "the folder of the server's bundles (default: platform/ beside the jar)")
    Path bundles = besideTheJar();

    @Option(names = "--server-option", description = "an option of the server's Java; several are allowed")
    List<String> serverOptions = new ArrayList<>();

    static ProofOptions of(String... args) {
        return Tool.options(new ProofOptions(), args).complete();
    }

    /** Puts in what was not said. */
    ProofOptions complete() {
        updates = given(updates, 100, 10);
        live = given(live, 10_000, 500);
        active = given(active, 1_000, 100);
        shapes = given(shapes, 50, 10);
        slowReaders = given(slowReaders, 10, 2);
        connectsPerSecond = given(connectsPerSecond, 1_000, 100);
        baselineRounds = given(baselineRounds, 20, 3);
        Tool.check(this, "--runs", runs, 1, 1_000);
        Tool.check(this, "--live", live, live - idle(), Integer.MAX_VALUE);
        return this;
    }

    /** The live connections that are only asked after each update. */
    int idle() {
        return live - active - slowReaders - 3 * shapes;
    }

    /** From one round to the next. */
    int gapMillis() {
        return brief ? 100 : 300;
    }

    private int given(int value, int inTheLongForm, int inTheShortForm) {
        return value >= 0 ? value : brief ? inTheShortForm : inTheLongForm;
    }

    private static Path besideTheJar() {
        try {
            return Path.of(ProofOptions.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("platform");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
