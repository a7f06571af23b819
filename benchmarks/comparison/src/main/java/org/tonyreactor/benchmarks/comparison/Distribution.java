package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.FreePorts;

/**
 * This project as a user runs it: the archive is unpacked, port and workers are set in its configuration files, and its own
 * script starts it. So Felix, Declarative Services and all bundles take part, and the options of the JVM are those it is
 * shipped with.
 */
record Distribution(String name, Path archive, Pinning pinning) implements Candidate {
    private static final Pattern READY = Pattern.compile("tonyReactor \\S+ serves .*");
    private static final Pattern PORT = Pattern.compile("echo on 127\\.0\\.0\\.1:(\\d+)");

    /** In the format that knows several values of a property. */
    private static final String ECHO_CONFIGURATION = "conf/org.tonyreactor.sample.echo.Echo.config";

    private static final String KEEP_CLASSES = "--class-archive";
    private static final int MANY_ENDPOINTS = 1_000;
    private static final long BOUND_SECONDS = 60;
    private static final long BUILD_SECONDS = 900;

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
        ChildProcess.run(
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

    /** One port, which is free as soon as nobody serves it. */
    void configureOne(Path home, int workers, int port) throws IOException {
        configure(home, workers, List.of(port));
        Files.writeString(
                home.resolve(ECHO_CONFIGURATION), "reactor.hold.timeout.millis = \"0\"\n", StandardOpenOption.APPEND);
    }

    /** Lets the server keep its classes for its later starts, as its manual tells; an older commit's cannot. */
    void keepClasses(Jdk jdk, Path home, Path folder) throws IOException, InterruptedException {
        Path script = home.resolve("bin/reactor");
        if (!Files.readString(script).contains(KEEP_CLASSES)) {
            return;
        }
        List<String> command = List.of(script.toString(), KEEP_CLASSES);
        try (ChildProcess archiving = ChildProcess.start(command, environment(jdk), folder.resolve("archive.log"))) {
            archiving.finish(BOUND_SECONDS);
        }
    }

    /** As {@link #start}, with a terminal and therefore a shell, which {@link ChildProcess#type} types into. */
    Server startOnTerminal(Jdk jdk, Work work, Path home, Path folder) throws IOException, InterruptedException {
        String server = "TERM=xterm exec '" + home.resolve("bin/reactor") + "'";
        return start(jdk, pinning.server(work, List.of("script", "-qfec", server, "/dev/null")), folder);
    }

    /** Starts what was unpacked and configured; the port is 0 when no sample is in it that serves one. */
    Server start(Jdk jdk, Work work, Path home, Path folder) throws IOException, InterruptedException {
        List<String> command = List.of(home.resolve("bin/reactor").toString(), "--no-shell");
        return start(jdk, pinning.server(work, command), folder);
    }

    private static Map<String, String> environment(Jdk jdk) {
        return Map.of("JAVA_HOME", jdk.home().toString(), "JAVA_OPTS", "");
    }

    private static Server start(Jdk jdk, List<String> command, Path folder) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.startServer(
                command,
                environment(jdk),
                folder.resolve("server.log"),
                line -> READY.matcher(line).matches(),
                BOUND_SECONDS);
        Matcher port = PORT.matcher(process.readyLine());
        return new Server(process, port.find() ? Integer.parseInt(port.group(1)) : 0);
    }

    /**
     * The distribution of another commit, built in a folder of its own outside of the tree. The tree and its index are left
     * as they are.
     */
    static Path build(Layout layout, String commit, Path folder) throws IOException, InterruptedException {
        String script = "git -C \"$0\" archive \"$1\" | tar -x -C \"$2\" && cd \"$2\" && "
                + "mvn -B -ntp -q package -DskipTests -Dspotless.check.skip -Dcyclonedx.skip -pl felix-launcher -am";
        String root = layout.root().toString();
        Path errors = folder.resolveSibling(folder.getFileName() + ".log");
        List<String> resolve = List.of("git", "-C", root, "rev-parse", "--verify", commit + "^{commit}");
        String hash = ChildProcess.run(resolve, errors, BOUND_SECONDS).get(0);
        ChildProcess.run(List.of("sh", "-c", script, root, hash, folder.toString()), errors, BUILD_SECONDS);
        return new Layout(folder).distribution();
    }
}
