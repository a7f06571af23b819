package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/** The driver's hold on the server's process. Closing it ends the server. One thread. */
final class Server implements AutoCloseable {
    static final String LOG = "server.log";
    private static final String DONE = "ok";
    private static final String FAILED = "failed";
    private static final long BOUND_SECONDS = 60;

    private final ChildProcess process;

    private Server(ChildProcess process) {
        this.process = process;
    }

    /** Starts it on the Java, and with the class path, of this process; its log is in {@code work}. It serves the first version. */
    static Server start(ProofOptions options, Path work, Path first) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options.serverOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerUnderTest.class.getName()));
        command.addAll(List.of(options.bundles.toString(), work.toString(), first.toString()));
        return new Server(ChildProcess.startServer(
                command, Map.of(), work.resolve(LOG), line -> line.startsWith(DONE), BOUND_SECONDS));
    }

    long pid() {
        return process.pid();
    }

    /** Sends a command and waits for its figures, words of the form {@code name=value}. */
    Map<String, Long> ask(String command) throws IOException, InterruptedException {
        process.type(command + "\n");
        // The virtual machine may have something to say on its own.
        String answer = process.await(line -> line.startsWith(DONE) || line.startsWith(FAILED), BOUND_SECONDS);
        if (answer.startsWith(FAILED)) {
            throw process.failure(command + ": " + answer);
        }
        Map<String, Long> figures = new LinkedHashMap<>();
        for (String word : answer.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                figures.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
            }
        }
        return figures;
    }

    /** A figure that must be there. */
    static long figure(Map<String, Long> figures, String name) {
        Long figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException("no " + name + " among " + figures);
        }
        return figure;
    }

    @Override
    public void close() {
        process.close();
    }
}
