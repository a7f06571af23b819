package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * This project as a user runs it: the archive is unpacked, port and workers are set in its configuration files, and its own
 * script starts it. So Felix, Declarative Services and all bundles take part, and the options of the JVM are those it is
 * shipped with.
 *
 * @param name in the report
 * @param archive the {@code tar.gz}
 * @param pinning where it runs
 */
record Distribution(String name, Path archive, Pinning pinning) implements Contestant {
    private static final Pattern READY = Pattern.compile("tonyReactor \\S+ serves .*");
    private static final Pattern PORT = Pattern.compile("echo on 127\\.0\\.0\\.1:(\\d+)");

    /** In the format that knows several values of a property. */
    private static final String ECHO_CONFIGURATION = "conf/org.tonyreactor.sample.echo.Echo.config";

    private static final int MANY_ENDPOINTS = 1_000;
    private static final long BOUND_SECONDS = 60;

    @Override
    public Optional<String> unavailable() {
        return Files.exists(archive)
                ? Optional.empty()
                : Optional.of("there is no " + archive + ": build felix-launcher first");
    }

    @Override
    public boolean runsOnJava() {
        return true;
    }

    @Override
    public Server start(Jdk jdk, Work work, Path folder) throws IOException, InterruptedException {
        Path home = unpack(folder);
        boolean many = work.kind() == Work.Kind.ENDPOINTS;
        configure(home, work.workers(), many ? FreePorts.find(MANY_ENDPOINTS) : List.of(0));
        return start(jdk, work, home, folder);
    }

    /** Makes a home of its own; the folder in the archive. */
    Path unpack(Path folder) throws IOException, InterruptedException {
        Child.run(
                List.of("tar", "xzf", archive.toString(), "-C", folder.toString()),
                folder.resolve("tar.log"),
                BOUND_SECONDS);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    void configure(Path home, int workers, List<Integer> ports) throws IOException {
        Files.writeString(home.resolve("conf/org.tonyreactor.cfg"), "workers = " + workers + "\n");
        String values = ports.stream().map(port -> '"' + port.toString() + '"').collect(Collectors.joining(", "));
        Files.writeString(home.resolve(ECHO_CONFIGURATION), "reactor.port = [" + values + "]\n");
    }

    /** Starts what was unpacked and configured; the port is 0 when no sample is in it that serves one. */
    Server start(Jdk jdk, Work work, Path home, Path folder) throws IOException, InterruptedException {
        List<String> command =
                pinning.server(work, List.of(home.resolve("bin/reactor").toString(), "--no-shell"));
        Child child = Child.start(
                command, Map.of("JAVA_HOME", jdk.home().toString(), "JAVA_OPTS", ""), folder.resolve("server.log"));
        try {
            Matcher port = PORT.matcher(child.await(line -> READY.matcher(line).matches(), BOUND_SECONDS));
            return new Server(child, port.find() ? Integer.parseInt(port.group(1)) : 0, home);
        } catch (RuntimeException | InterruptedException e) {
            child.close();
            throw e;
        }
    }
}
