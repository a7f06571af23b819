package org.tonyreactor.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The launcher as a child process. Closing it ends it by force if it still runs. */
final class ServerProcess implements AutoCloseable {
    static final Duration BOUND = Duration.ofSeconds(30);
    /** The option that turns the assertions on, in the bundles too. */
    static final String ASSERTIONS = "-ea:org.tonyreactor...";

    private static final Pattern READY = Pattern.compile("tonyReactor \\S+ serves echo on 127\\.0\\.0\\.1:(\\d+) .*");
    private static final String END = "\0end of output";

    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Thread errorReader;
    private @Nullable Integer port;

    private ServerProcess(Process process) {
        this.process = process;
        read(process.getInputStream(), output);
        errorReader = read(process.getErrorStream(), errors);
    }

    /** The runnable jar on the Java that runs the tests. */
    static ServerProcess jar(Object... args) throws IOException {
        List<Object> command =
                new ArrayList<>(List.of(java().toString(), ASSERTIONS, "-jar", System.getProperty("launcher.jar")));
        command.addAll(List.of(args));
        return command(Map.of(), command);
    }

    /** The runnable jar on a port of the system's choice, in {@code home}, ready. */
    static ServerProcess ready(Path home) throws Exception {
        ServerProcess server = jar("--home", home, "--port", 0);
        server.port();
        return server;
    }

    /** The runnable jar as {@link #ready}, with SIGINT as it is in a terminal: a parent may have told it to ignore it. */
    static ServerProcess interruptible(Path home) throws Exception {
        ServerProcess server = command(
                Map.of(),
                List.of(
                        "env",
                        "--default-signal=INT",
                        java(),
                        ASSERTIONS,
                        "-jar",
                        System.getProperty("launcher.jar"),
                        "--home",
                        home,
                        "--port",
                        0));
        server.port();
        return server;
    }

    /**
     * The runnable jar on a terminal of its own, which {@link #type} types into. It takes the place of the shell that
     * {@code script} runs it with: one that waits for it would die of the same Ctrl-C, and its status would be ours.
     */
    static ServerProcess onTerminal(Path home) throws IOException {
        String server = "exec env --default-signal=INT '" + java() + "' " + ASSERTIONS + " -jar '"
                + System.getProperty("launcher.jar") + "' --home '" + home + "' --port 0";
        return command(Map.of("TERM", "xterm"), List.of("script", "-qfec", server, "/dev/null"));
    }

    /** Any command, without a terminal. */
    static ServerProcess command(Map<String, String> environment, List<?> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command.stream().map(Object::toString).toList());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Waits for the line that says the server is ready; the port in it. */
    int port() throws InterruptedException {
        if (port == null) {
            String line = line();
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new AssertionError("no ready line but: " + line + " " + errors);
            }
            port = Integer.valueOf(ready.group(1));
        }
        return port;
    }

    /** A connection to the echo. */
    Socket connect() throws Exception {
        return connect(port());
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) BOUND.toMillis());
        return socket;
    }

    /** The next line of standard output. */
    String line() throws InterruptedException {
        String line = output.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
        return line == null ? "nothing within " + BOUND : line;
    }

    /** Waits for a line of standard output with a text in it. */
    void lineWith(String text) throws InterruptedException {
        String line = line();
        while (!line.contains(text)) { // Ends: line() says so when nothing comes any more.
            if (line.startsWith("nothing within") || line.equals(END)) {
                throw new AssertionError("no line with " + text + ": " + line);
            }
            line = line();
        }
    }

    /** Types keys. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** The lines of standard error so far. */
    List<String> errors() {
        return errors;
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end; the exit status. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + BOUND);
        }
        errorReader.join(BOUND.toMillis());
        return process.exitValue();
    }

    /** The one line on standard error of a process that has ended with {@code status} and printed nothing else. */
    String onlyError(int status) throws InterruptedException {
        int actual = exitStatus();
        String line = line();
        if (actual != status || errors.size() != 1 || !END.equals(line)) {
            throw new AssertionError("exit status " + actual + ", output " + line + ", errors " + errors);
        }
        return errors.get(0);
    }

    /**
     * Sends SIGKILL, and waits for the end. What the process has started goes first: a server outlives the {@code script}
     * around it where a parent has told it to ignore SIGHUP.
     */
    void kill() {
        process.descendants().forEach(ServerProcess::kill);
        kill(process.toHandle());
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }

    private static Thread read(InputStream stream, Collection<String> lines) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // The process was ended by force.
            }
            if (lines instanceof BlockingQueue) {
                lines.add(END);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
