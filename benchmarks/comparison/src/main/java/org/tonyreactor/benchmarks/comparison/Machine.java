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
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.Kernel;

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
        String root = layout.root().toString();
        facts.put("commit", first("git -C '" + root + "' describe --always --exclude='*' --dirty=' with changes'"));
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
        facts.put("C compiler", first("cc --version"));
        facts.put("libraries", libraries(layout.root().resolve("benchmarks/peers/target/lib")));
        facts.put("form", options.form().name().toLowerCase(Locale.ROOT));
        facts.put("sessions", Integer.toString(options.sessions));
        facts.put("rounds of a session", Integer.toString(options.rounds));
        facts.put("seconds of a window", Double.toString(options.seconds));
        facts.put("seconds of warm-up", Double.toString(options.warmupSeconds));
        facts.put("seed", Long.toString(options.seed));
        return facts;
    }

    /** The versions of the peers, from the names of their files. */
    private static String libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> LIBRARY.matcher(name).matches())
                    .map(name -> name.replace(".jar", ""))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    /** The first line that a command prints; "unknown" when it prints none. */
    private static String first(String command) throws IOException, InterruptedException {
        try (Folder folder = Folder.make()) {
            List<String> shell = List.of("sh", "-c", command + " || echo unknown");
            return ChildProcess.run(shell, Map.of(), folder.path().resolve("errors"), COMMAND_SECONDS)
                    .get(0);
        }
    }
}
