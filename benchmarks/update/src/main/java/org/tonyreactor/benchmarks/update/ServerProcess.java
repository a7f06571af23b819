package org.tonyreactor.benchmarks.update;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The driver's hold on the child process. Closing it ends the child, by force if need be. One thread. */
final class ServerProcess implements AutoCloseable {
    private static final String END = "failed: the server has ended, see its log";
    private static final long BOUND_SECONDS = 60;
    private static final long END_SECONDS = 20;

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ServerProcess(Process process) {
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "server-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the server on the Java, and with the class path, of this process; its log is in {@code work}. */
    static ServerProcess start(Path bundles, Path work, ProofOptions options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options.serverJavaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerUnderTest.class.getName()));
        command.addAll(List.of(bundles.toString(), work.toString(), Long.toString(options.holdMillis())));
        ServerProcess server = new ServerProcess(new ProcessBuilder(command)
                .redirectError(work.resolve("server.log").toFile())
                .start());
        try {
            server.answer("start");
            return server;
        } catch (RuntimeException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends a command and waits for its figures. */
    Figures ask(String command) throws InterruptedException {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
        return answer(command);
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It reads no more: then by force.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private Figures answer(String command) throws InterruptedException {
        String line = answers.poll(BOUND_SECONDS, TimeUnit.SECONDS);
        if (line == null || !line.startsWith("ok")) {
            throw new IllegalStateException(
                    command + ": " + (line == null ? "no answer within " + BOUND_SECONDS + " s" : line));
        }
        return Figures.parse(line);
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            // The virtual machine may have something to say on its own.
            reader.lines()
                    .filter(line -> line.startsWith("ok") || line.startsWith("failed"))
                    .forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // The process was ended by force.
        }
        answers.add(END);
    }
}
