package org.tonyreactor.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.LoadLoop;
import org.tonyreactor.benchmarks.harness.Tool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The process: one run, or those that its standard input asks for, a line each. Figures are on standard output; exit 0 only
 * when every byte was verified and nothing failed.
 *
 * <p>Several runs in one process meet the same compiled code and the same buffers, so that what they measure differs by the
 * servers alone; and memory outside of the heap is freed late. Each makes its connections anew.
 */
@Command(
        name = "java -jar load.jar",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Talks to an echo server, verifies every byte, and says how long it took."
                + " Without options it reads them from standard input: each line is a run.")
final class LoadGenerator implements Callable<Integer> {
    private static final String BLANKS = "\\s+";

    private final PrintStream out;
    private final PrintStream err;
    private final LoadLoop loop = new LoadLoop(fromNow());
    private final Payload payload = new Payload();

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    LoadGenerator(PrintStream out, PrintStream err) throws IOException {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) throws IOException {
        System.exit(Tool.run(new LoadGenerator(System.out, System.err), args));
    }

    @Override
    public Integer call() throws IOException {
        boolean asked = spec != null
                && !spec.commandLine().getParseResult().originalArgs().isEmpty();
        return (asked ? run(options.checked(), System.in) : runAll(System.in)) ? 0 : 1;
    }

    /** Whether nothing failed in any of the runs that the input asks for, one after the other, until it ends. */
    boolean runAll(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        boolean right = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            LoadOptions run = LoadOptions.of(line.strip().split(BLANKS, -1));
            if (run.work == LoadOptions.Kind.IDLE && spec != null) {
                throw new ParameterException(
                        spec.commandLine(), "idle connections are held until standard input ends: a run alone");
            }
            right &= run(run, in);
        }
        return right;
    }

    /** Whether nothing failed. Idle connections are held until the input ends. */
    boolean run(LoadOptions run, InputStream in) throws IOException {
        try (Conversations conversations = new Conversations(run, loop, payload, err)) {
            if (run.work == LoadOptions.Kind.IDLE) {
                hold(run, conversations, in);
            } else {
                measure(run, conversations);
            }
            out.println("errors=" + conversations.failures());
            out.flush();
            return conversations.failures() == 0;
        }
    }

    private void measure(LoadOptions run, Conversations conversations) throws IOException {
        Window window = new Window(out, LoadOptions.nanos(run.windowSeconds));
        conversations.begin(work(run, conversations, window));
        window.opensAt(loop.nowNanos() + LoadOptions.nanos(run.warmupSeconds));
        while (!window.isOver()) {
            conversations.turn();
            window.turn(loop.nowNanos());
            if (conversations.isAlone()) {
                window.cutShort(loop.nowNanos());
            }
        }
        conversations.drain();
        conversations.end();
        window.report(run.sizeBytes);
    }

    private void hold(LoadOptions run, Conversations conversations, InputStream in) throws IOException {
        conversations.begin(new Work.Idle(conversations.all(), run.sizeBytes));
        conversations.drain();
        out.println("idle " + run.connections);
        out.flush();
        while (in.read() >= 0) {
            // What it says does not matter, only its end.
        }
        conversations.turn();
        conversations.end();
    }

    private static Work work(LoadOptions run, Conversations conversations, Window window) {
        List<Conversation> all = conversations.all();
        return switch (run.work) {
            case ECHO -> new Work.ClosedLoop(window, all, run.sizeBytes, run.depth);
            case RATE -> new Work.OpenLoop(window, all, run.sizeBytes, run.messagesPerSecond);
            case CHURN -> new Work.Churn(conversations, window, run.sizeBytes);
            case IDLE -> throw new IllegalArgumentException("nothing is measured of idle connections");
        };
    }

    private static LongSupplier fromNow() {
        long begin = System.nanoTime();
        return () -> System.nanoTime() - begin;
    }
}
