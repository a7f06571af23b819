package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;
import org.tonyreactor.benchmarks.peers.Peer;

/** What a figure is worth nothing without: the machine, the versions, the day. */
final class Machine {
    private static final long COMMAND_SECONDS = 10;

    /** The main one of each peer. */
    private static final Pattern LIBRARY =
            Pattern.compile("(netty-transport|mina-core|grizzly-framework|vertx-core)-\\d.*\\.jar");

    private Machine() {}

    static Map<String, String> facts(Layout layout, List<Jdk> jdks, Options options)
            throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("commit", commit(layout));
        facts.put("processor", Kernel.processorName());
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("descriptors of a process", Long.toString(Kernel.descriptors()));
        facts.put(
                "JDKs",
                jdks.stream()
                        .map(jdk -> jdk.version() + " (" + jdk.vendor() + ")")
                        .collect(Collectors.joining(", ")));
        facts.put("JDK of the load generator", Jdk.own().version());
        facts.put("C compiler", first(List.of("cc", "--version")));
        facts.put("libraries", libraries(layout));
        facts.put("form", options.form().name().toLowerCase(Locale.ROOT));
        facts.put("sessions", Integer.toString(options.sessions));
        facts.put("rounds of a session", Integer.toString(options.rounds));
        facts.put("seconds of a window", Double.toString(options.seconds));
        facts.put("seconds of warm-up", Double.toString(options.warmupSeconds));
        facts.put("seed", Long.toString(options.seed));
        return facts;
    }

    /** The versions of the peers, from the names of their files. */
    private static String libraries(Layout layout) throws IOException {
        if (!Files.isDirectory(layout.peerLibraries())) {
            return "none";
        }
        try (Stream<Path> files = Files.walk(layout.peerLibraries())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> LIBRARY.matcher(name).matches())
                    .map(name -> name.replace(".jar", ""))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    private static String commit(Layout layout) throws IOException, InterruptedException {
        String root = layout.root().toString();
        String commit = first(List.of("git", "-C", root, "rev-parse", "--short=12", "HEAD"));
        boolean changed = !first(List.of("git", "-C", root, "status", "--porcelain", "--untracked-files=no"))
                .isEmpty();
        return (commit.isEmpty() ? "unknown" : commit) + (changed ? " with changes" : "");
    }

    /** The first line that a command prints; nothing when there is no such command. */
    private static String first(List<String> command) throws IOException, InterruptedException {
        if (Peer.onPath(command.get(0)).isEmpty()) {
            return "";
        }
        Path errors = Files.createTempFile("comparison", ".log");
        try {
            return ChildProcess.run(command, errors, COMMAND_SECONDS).stream()
                    .findFirst()
                    .orElse("");
        } catch (MeasuringFailure e) {
            return "";
        } finally {
            Files.delete(errors);
        }
    }
}
