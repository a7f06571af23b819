package org.tonyreactor.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A process started from here. A daemon reads its output line by line; its errors are in a file. Closing it ends it: its
 * standard input ends, it is asked to terminate, and it is ended by force if need be. One thread.
 */
public final class ChildProcess implements AutoCloseable {
    private static final String END = "\0end of output";
    private static final long END_SECONDS = 20;
    private static final int LAST_LINES = 10;

    private final Process process;
    private final long startedNanos;
    private final Path errors;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private String readyLine = "";

    private ChildProcess(ProcessBuilder builder, Path errors) throws IOException {
        this.errors = errors;
        startedNanos = System.nanoTime();
        process = builder.start();
        Thread reader = new Thread(this::read, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public static ChildProcess start(List<String> command, Map<String, String> environment, Path errors)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // It would change every JVM, and each would say so on its output.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new ChildProcess(builder, errors);
    }

    /** Starts a server and waits for the line that says that it is ready. */
    public static ChildProcess startServer(
            List<String> command, Map<String, String> environment, Path errors, Predicate<String> ready, long seconds)
            throws IOException, InterruptedException {
        ChildProcess child = start(command, environment, errors);
        child.awaitReady(ready, seconds);
        return child;
    }

    /** Waits for the line that says that it is ready; ends it when it says nothing of the kind. */
    public void awaitReady(Predicate<String> ready, long seconds) throws InterruptedException {
        try {
            readyLine = await(ready, seconds);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** The line by which a server has said that it is ready; empty for other processes. */
    public String readyLine() {
        return readyLine;
    }

    /** Runs a command to its end; its output. */
    public static List<String> run(
            List<String> command, Map<String, String> environment, Path errors, long boundSeconds)
            throws IOException, InterruptedException {
        try (ChildProcess child = start(command, environment, errors)) {
            return child.finish(boundSeconds);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** The moment before its start. */
    public long startedNanos() {
        return startedNanos;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The next line that is wanted; those before it are left out. */
    public String await(Predicate<String> wanted, long boundSeconds) throws InterruptedException {
        List<String> lines = awaitAll(wanted, boundSeconds);
        return lines.get(lines.size() - 1);
    }

    /** All lines up to the next one that is wanted, which is the last. */
    public List<String> awaitAll(Predicate<String> wanted, long boundSeconds) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(boundSeconds);
        do { // Ends: at the deadline, or at the end of the output.
            String line = output.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw failure("said nothing of what is waited for within " + boundSeconds + " s");
            }
            if (line.equals(END)) {
                throw failure("has ended too early");
            }
            lines.add(line);
        } while (!wanted.test(lines.get(lines.size() - 1)));
        return lines;
    }

    /** The remainder of its output, once it has ended in order. */
    public List<String> finish(long boundSeconds) throws InterruptedException {
        if (!process.waitFor(boundSeconds, TimeUnit.SECONDS)) {
            throw failure("did not end within " + boundSeconds + " s");
        }
        if (process.exitValue() != 0) {
            throw failure("ended with status " + process.exitValue());
        }
        List<String> remainder = new ArrayList<>();
        for (String line = output.take(); !line.equals(END); line = output.take()) {
            remainder.add(line);
        }
        return remainder;
    }

    /** Writes to its standard input. */
    public void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Ends its standard input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** A failure of this process, with the last lines of its errors. */
    public MeasuringFailure failure(String what) {
        try (Stream<String> lines = Files.lines(errors)) {
            List<String> all = lines.toList();
            List<String> last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
            return new MeasuringFailure(last.isEmpty() ? what : what + ": " + String.join(" | ", last));
        } catch (IOException | UncheckedIOException e) {
            return new MeasuringFailure(what);
        }
    }

    @Override
    public void close() {
        try {
            endInput();
            process.destroy();
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It has ended already, or reads no more: then by force.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            // The process was ended by force.
        }
        output.add(END);
    }
}
