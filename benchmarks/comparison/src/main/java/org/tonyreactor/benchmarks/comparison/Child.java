package org.tonyreactor.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
 * A process started from here: its output is read line by line, its errors are in a file. Closing it ends it: its standard
 * input ends, it is asked to terminate, and it is ended by force if need be.
 */
final class Child implements AutoCloseable {
    private static final String END = "\0end of output";
    private static final long END_SECONDS = 15;
    private static final int LAST_LINES = 10;

    private final Process process;
    private final long startedNanos;
    private final Path errors;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    private Child(Process process, long startedNanos, Path errors) {
        this.process = process;
        this.startedNanos = startedNanos;
        this.errors = errors;
        Thread reader = new Thread(this::read, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static Child start(List<String> command, Map<String, String> environment, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // It would change every JVM, and each would say so on its output.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        long nowNanos = System.nanoTime();
        return new Child(builder.start(), nowNanos, errors);
    }

    /** Runs a command to its end. */
    static List<String> run(List<String> command, Path errors, long boundSeconds)
            throws IOException, InterruptedException {
        try (Child child = start(command, Map.of(), errors)) {
            return child.finish(boundSeconds);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The moment before its start. */
    long startedNanos() {
        return startedNanos;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next line that is wanted; those before it are left out. */
    String await(Predicate<String> wanted, long boundSeconds) throws InterruptedException {
        List<String> lines = awaitAll(wanted, boundSeconds);
        return lines.get(lines.size() - 1);
    }

    /** All lines up to the next one that is wanted, which is the last. */
    List<String> awaitAll(Predicate<String> wanted, long boundSeconds) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(boundSeconds);
        while (true) { // Ends: at the deadline, or at the end of the output.
            String line = output.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new MeasuringFailure("said nothing of what is waited for within " + boundSeconds + " s" + said());
            }
            if (line.equals(END)) {
                throw new MeasuringFailure("has ended too early" + said());
            }
            lines.add(line);
            if (wanted.test(line)) {
                return lines;
            }
        }
    }

    /** The rest of its output, once it has ended in order. */
    List<String> finish(long boundSeconds) throws InterruptedException {
        List<String> rest = end(boundSeconds);
        if (process.exitValue() != 0) {
            throw new MeasuringFailure("ended with status " + process.exitValue() + said());
        }
        return rest;
    }

    /** The rest of its output, once it has ended in any way. */
    List<String> end(long boundSeconds) throws InterruptedException {
        if (!process.waitFor(boundSeconds, TimeUnit.SECONDS)) {
            throw new MeasuringFailure("did not end within " + boundSeconds + " s" + said());
        }
        List<String> rest = new ArrayList<>();
        for (String line = output.take(); !line.equals(END); line = output.take()) {
            rest.add(line);
        }
        return rest;
    }

    /** Writes a line to its standard input. */
    void say(String line) throws IOException {
        type(line + "\n");
    }

    /** Types keys. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends SIGINT, which some commands take as the wish to print what they have. */
    void interrupt() throws IOException, InterruptedException {
        run(List.of("kill", "-INT", Long.toString(pid())), errors.resolveSibling("kill.log"), END_SECONDS);
    }

    @Override
    public void close() {
        try {
            endInput();
            process.destroy();
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended already, or reads no more: then by force.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last lines of its errors, to be put behind a message. */
    String said() {
        try (Stream<String> lines = Files.lines(errors)) {
            List<String> all = lines.toList();
            List<String> last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
            return last.isEmpty() ? "" : ": " + String.join(" | ", last);
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            // The process was ended by force.
        }
        output.add(END);
    }
}
