package org.tonyreactor.benchmarks.update;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run does.
 *
 * @param bundles the folder of the server's bundles
 * @param updates how often the bundle is updated
 * @param live connections that live through all updates, those of the next five included
 * @param talkers live connections that ask again and again
 * @param midFrame live connections with half a frame unread at each update
 * @param slowReaders live connections with output pending at each update
 * @param paused live connections whose reading is paused at each update
 * @param halfClosed live connections that have ended their side
 * @param connectsPerSecond connections that come, ask once and go
 * @param thinkMillis a talker's time from a reply to its next request
 * @param gapMillis the time from one round to the next
 * @param baselineRounds rounds without an update, which measure the machine
 * @param holdMillis reactor.hold.timeout.millis
 * @param seed of the requests' bytes
 * @param timesDecide whether a missed target of time fails the run; it does in the long form
 * @param serverJavaOptions options of the server's Java
 */
record ProofOptions(
        Path bundles,
        int updates,
        int live,
        int talkers,
        int midFrame,
        int slowReaders,
        int paused,
        int halfClosed,
        int connectsPerSecond,
        long thinkMillis,
        long gapMillis,
        int baselineRounds,
        long holdMillis,
        long seed,
        boolean timesDecide,
        List<String> serverJavaOptions) {
    static final String USAGE = """
            usage: java -jar update-proof.jar [--short] [--name=value ...]
              --short                  10 updates, 500 connections; times are reported and decide nothing
              --updates=100            updates of the protocol bundle in a row
              --live=10000             connections that live through all of them
              --talkers=1000           of these, those that talk all the time
              --shapes=50              of these, those in mid-frame, paused and half closed each
              --slow-readers=10        of these, those with pending output
              --connects=1000          connections per second that come, ask once and go
              --think-millis=100       a talker's time from a reply to its next request
              --gap-millis=300         time from one round to the next
              --baseline=20            rounds without an update
              --hold-millis=30000      reactor.hold.timeout.millis; 0 shows what a run that loses looks like
              --seed=1                 of the bytes of the requests
              --bundles=DIR            the server's bundles; by default bundles/ beside the jar
              --server-option=OPTION   an option of the server's Java; several are allowed""";

    private static final int LONG_UPDATES = 100;
    private static final int SHORT_UPDATES = 10;
    private static final int SHORT_BASELINE_ROUNDS = 3;

    /** The options of a command line, or of a test. */
    static ProofOptions of(Path bundles, String... args) {
        boolean brief = List.of(args).contains("--short");
        Values values = new Values(args);
        int shapes = values.number("shapes", brief ? 10 : 50);
        ProofOptions options = new ProofOptions(
                Path.of(values.text("bundles", bundles.toString())),
                values.number("updates", brief ? SHORT_UPDATES : LONG_UPDATES),
                values.number("live", brief ? 500 : 10_000),
                values.number("talkers", brief ? 100 : 1_000),
                shapes,
                values.number("slow-readers", brief ? 2 : 10),
                shapes,
                shapes,
                values.number("connects", brief ? 100 : 1_000),
                values.number("think-millis", 100),
                values.number("gap-millis", brief ? 100 : 300),
                values.number("baseline", brief ? SHORT_BASELINE_ROUNDS : 20),
                values.number("hold-millis", 30_000),
                values.number("seed", 1),
                !brief,
                values.all("server-option"));
        values.complainOfUnread();
        if (options.idle() < 0) {
            throw new IllegalArgumentException("live=" + options.live + " is less than those that do something");
        }
        return options;
    }

    /** The live connections that are only asked after each update. */
    int idle() {
        return live - talkers - midFrame - slowReaders - paused - halfClosed;
    }

    /** The same run with fewer idle connections. */
    ProofOptions withLive(int fewer) {
        return new ProofOptions(
                bundles,
                updates,
                fewer,
                talkers,
                midFrame,
                slowReaders,
                paused,
                halfClosed,
                connectsPerSecond,
                thinkMillis,
                gapMillis,
                baselineRounds,
                holdMillis,
                seed,
                timesDecide,
                serverJavaOptions);
    }

    /** Arguments of the form {@code --name=value}; those that nobody has read are wrong. */
    private static final class Values {
        private final List<String> unread;

        Values(String... args) {
            unread = new ArrayList<>(List.of(args));
            unread.remove("--short");
        }

        int number(String name, int otherwise) {
            String text = text(name, Integer.toString(otherwise));
            try {
                int number = Integer.parseInt(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below.
            }
            throw new IllegalArgumentException("--" + name + "=" + text + " is no number from 0 on");
        }

        String text(String name, String otherwise) {
            List<String> all = all(name);
            return all.isEmpty() ? otherwise : all.get(all.size() - 1);
        }

        List<String> all(String name) {
            String prefix = "--" + name + "=";
            List<String> found = unread.stream()
                    .filter(each -> each.startsWith(prefix))
                    .map(each -> each.substring(prefix.length()))
                    .toList();
            unread.removeIf(each -> each.startsWith(prefix));
            return found;
        }

        void complainOfUnread() {
            if (!unread.isEmpty()) {
                throw new IllegalArgumentException("unknown: " + String.join(" ", unread));
            }
        }
    }
}
