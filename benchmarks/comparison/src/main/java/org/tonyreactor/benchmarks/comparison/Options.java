package org.tonyreactor.benchmarks.comparison;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param form full, a part, short, or against a commit
 * @param against the commit, where one is named
 * @param servers their names; empty for all
 * @param works their names
 * @param sittings of each work under load: how often its servers are started
 * @param rounds in each sitting
 * @param seconds of a window
 * @param warmupSeconds before it
 * @param repeats how often a noisy measurement is made again at most
 * @param jdks homes of the JDKs that Java servers run on; empty for that of this process
 * @param reportFrom the file to make the report from, where nothing is to be measured
 * @param out the folder of the report, where one is named
 * @param seed of the order within each round
 */
record Options(
        Form form,
        Optional<String> against,
        List<String> servers,
        List<Work> works,
        int sittings,
        int rounds,
        double seconds,
        double warmupSeconds,
        int repeats,
        List<Path> jdks,
        Optional<Path> reportFrom,
        Optional<Path> out,
        long seed) {

    /** Which defaults hold. */
    enum Form {
        FULL,
        /** Only some servers or works. */
        PART,
        SHORT,
        AGAINST
    }

    static final String USAGE = """
            usage: java -jar benchmarks/comparison/target/bench.jar [options]

              --short            few works and servers, one round, under three minutes; no figures to be quoted
              --against COMMIT   this tree against another commit of it; prints ratios, writes no report
              --servers A,B      only these
              --works A,B        only these
              --sittings N       of each work under load: how often its servers are started (default 2)
              --rounds N         in each sitting: how often each server is measured, in turn (default 5)
              --seconds S        of a window (default 0.5)
              --warmup S         of each server when it has started (default 2)
              --repeats N        how often a noisy measurement is made again (default 2)
              --java HOME        run Java servers on this JDK; may be given several times (default: the present one)
              --seed N           of the order within each round (default 1)
              --report-from CSV  make the report again, measure nothing
              --out DIR          where the report goes (default docs, with --short, --servers or
                                 --works benchmarks/comparison/target/lesser)
              --help             print this text

            Exit status: 0 all was measured, 1 something failed, 2 wrong usage.
            """;

    private static final List<String> SHORT_WORKS =
            List.of("echo-50", "deep-50", "large-50", "churn-50", "idle-10000", "start");
    private static final List<String> SHORT_SERVERS =
            List.of(Servers.OURS, Servers.REFERENCE, "nio", "netty-nio", "netty-epoll");
    private static final List<String> AGAINST_WORKS =
            List.of("echo-50", "echo-1000", "deep-50", "large-50", "churn-50");

    static Options of(String... args) {
        Arguments given = new Arguments(args);
        Optional<String> against = given.text("--against");
        boolean brief = given.flag("--short");
        Optional<List<String>> servers = given.list("--servers");
        Optional<List<String>> works = given.list("--works");
        Form form = form(brief, against.isPresent(), servers.isPresent() || works.isPresent());
        Options options = new Options(
                form,
                against,
                servers.orElse(form == Form.SHORT ? SHORT_SERVERS : List.of()),
                works.orElse(works(form)).stream().map(Work::named).toList(),
                (int) given.number("--sittings", form == Form.SHORT ? 1 : 2),
                (int) given.number("--rounds", form == Form.SHORT ? 1 : 5),
                given.number("--seconds", 0.5),
                given.number("--warmup", form == Form.SHORT ? 1 : 2),
                (int) given.number("--repeats", form == Form.SHORT ? 0 : 2),
                given.all("--java").stream().map(Path::of).toList(),
                given.text("--report-from").map(Path::of),
                given.text("--out").map(Path::of),
                (long) given.number("--seed", 1));
        given.complainOfUnread();
        return options;
    }

    private static Form form(boolean brief, boolean against, boolean selection) {
        if (brief) {
            return Form.SHORT;
        }
        if (against) {
            return Form.AGAINST;
        }
        return selection ? Form.PART : Form.FULL;
    }

    private static List<String> works(Form form) {
        return switch (form) {
            case FULL, PART -> Work.ALL.stream().map(Work::name).toList();
            case SHORT -> SHORT_WORKS;
            case AGAINST -> AGAINST_WORKS;
        };
    }

    /** Options and their values; those that nobody has read are wrong. */
    private static final class Arguments {
        private final List<String> unread;

        Arguments(String... args) {
            unread = new ArrayList<>(List.of(args));
        }

        boolean flag(String name) {
            return unread.remove(name);
        }

        Optional<String> text(String name) {
            List<String> all = all(name);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }

        Optional<List<String>> list(String name) {
            return text(name).map(value -> List.of(value.split(",", -1)));
        }

        double number(String name, double otherwise) {
            Optional<String> text = text(name);
            if (text.isEmpty()) {
                return otherwise;
            }
            try {
                double number = Double.parseDouble(text.get());
                if (number >= 0 && !Double.isInfinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, like a negative number.
            }
            throw new IllegalArgumentException(name + " " + text.get() + " is no number from 0 on");
        }

        List<String> all(String name) {
            List<String> values = new ArrayList<>();
            Deque<String> rest = new ArrayDeque<>(unread);
            unread.clear();
            while (!rest.isEmpty()) {
                String each = rest.remove();
                if (!each.equals(name)) {
                    unread.add(each);
                } else if (rest.isEmpty()) {
                    throw new IllegalArgumentException(name + " needs a value");
                } else {
                    values.add(rest.remove());
                }
            }
            return values;
        }

        void complainOfUnread() {
            if (!unread.isEmpty()) {
                throw new IllegalArgumentException("unknown: " + String.join(" ", unread));
            }
        }
    }
}
