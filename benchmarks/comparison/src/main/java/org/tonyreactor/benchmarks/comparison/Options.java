package org.tonyreactor.benchmarks.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.Tool;
import picocli.CommandLine.Option;

/** What is asked for. What is not said depends on the form of the run. */
final class Options {
    /** Which defaults hold. */
    enum Form {
        FULL,
        /** Only some servers or works. */
        PART,
        SHORT,
        AGAINST
    }

    private static final List<String> SHORT_WORKS =
            List.of("echo-50", "deep-50", "large-50", "churn-50", "idle-10000", "start");
    private static final List<String> SHORT_SERVERS =
            List.of(Servers.OURS, Servers.REFERENCE, "nio", "netty-nio", "netty-epoll");
    private static final List<String> AGAINST_WORKS =
            List.of("echo-50", "echo-1000", "echo-5000", "deep-50", "large-50", "churn-50", "idle-10000", "start");

    @Option(
            names = "--short",
            description = "few works and servers, one round, under three minutes; no figures to be quoted")
    boolean brief;

    @Option(
            names = "--against",
            paramLabel = "COMMIT",
            description = "this tree against another commit of it; prints ratios, writes no report")
    @Nullable
    String against;

    @Option(names = "--servers", split = ",", paramLabel = "A,B", description = "only these")
    List<String> servers = new ArrayList<>();

    @Option(names = "--works", split = ",", paramLabel = "A,B", description = "only these")
    List<String> workNames = new ArrayList<>();

    @Option(
            names = "--sessions",
            description = "of each work under load: how often its servers are started (default 2)")
    int sessions = -1;

    @Option(names = "--rounds", description = "in each session: how often each server is measured, in turn (default 5)")
    int rounds = -1;

    @Option(names = "--seconds", description = "of a window (default 0.5)")
    double seconds = 0.5;

    @Option(names = "--warmup", description = "seconds of load when a server has started (default 2)")
    double warmupSeconds = -1;

    @Option(names = "--repeats", description = "how often a noisy measurement is made again (default 2)")
    int repeats = -1;

    @Option(
            names = "--java",
            paramLabel = "HOME",
            description = "run Java servers on this JDK; may be given several times (default: the present one)")
    List<Path> javaHomes = new ArrayList<>();

    @Option(names = "--seed", description = "of the order within each round (default 1)")
    long seed = 1;

    @Option(
            names = "--report-from",
            paramLabel = "CSV",
            description = "make the report again from the figures of a run, measure nothing")
    @Nullable
    Path reportFrom;

    List<Work> works = List.of();

    static Options of(String... args) {
        return Tool.options(new Options(), args).complete();
    }

    /** Puts in what was not said. */
    Options complete() {
        Form form = form();
        if (form == Form.SHORT && servers.isEmpty()) {
            servers = SHORT_SERVERS;
        }
        if (workNames.isEmpty() && form == Form.SHORT) {
            workNames = SHORT_WORKS;
        } else if (workNames.isEmpty() && form == Form.AGAINST) {
            workNames = AGAINST_WORKS;
        }
        sessions = given(sessions, 2, 1);
        rounds = given(rounds, 5, 1);
        repeats = given(repeats, 2, 0);
        warmupSeconds = warmupSeconds >= 0 ? warmupSeconds : given(-1, 2, 1);
        Tool.check(this, "--seconds", seconds, 0, 3_600);
        works = workNames.isEmpty()
                ? Work.ALL
                : workNames.stream().map(Work::named).toList();
        for (String server : servers) {
            if (!Servers.ALL.contains(server)) {
                throw new IllegalArgumentException(
                        "no server " + server + "; there are " + String.join(", ", Servers.ALL));
            }
        }
        return this;
    }

    Form form() {
        if (brief) {
            return Form.SHORT;
        }
        if (against != null) {
            return Form.AGAINST;
        }
        return servers.isEmpty() && workNames.isEmpty() ? Form.FULL : Form.PART;
    }

    private int given(int value, int otherwise, int inTheShortForm) {
        return value >= 0 ? value : brief ? inTheShortForm : otherwise;
    }
}
