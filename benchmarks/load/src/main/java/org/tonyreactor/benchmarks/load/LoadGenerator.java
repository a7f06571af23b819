package org.tonyreactor.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The process: one run, or those that its standard input asks for, a line each. Figures are on standard output; exit 0 only
 * when every byte was verified and nothing failed.
 *
 * <p>Several runs in one process meet the same compiled code and the same buffers, so that what they measure differs by the
 * servers alone. Each makes its connections anew.
 */
final class LoadGenerator {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String BLANKS = "\\s+";

    private final PrintStream out;
    private final PrintStream err;
    private final LongSupplier clock = clock();
    private final Buffers buffers = new Buffers();

    LoadGenerator(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) throws IOException {
        LoadGenerator generator = new LoadGenerator(System.out, System.err);
        try {
            boolean right =
                    args.length == 0 ? generator.runAll(System.in) : generator.run(LoadOptions.of(args), System.in);
            System.exit(right ? 0 : FAILED);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(LoadOptions.USAGE);
            System.exit(WRONG_USAGE);
        }
    }

    /** Whether nothing failed in any of the runs that the input asks for, one after the other, until it ends. */
    boolean runAll(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        boolean right = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            LoadOptions options = LoadOptions.of(line.strip().split(BLANKS, -1));
            if (options.work() == LoadOptions.Kind.IDLE) {
                throw new IllegalArgumentException("idle connections are held until standard input ends: a run alone");
            }
            right &= run(options, in);
        }
        return right;
    }

    /** Whether nothing failed. Idle connections are held until the input ends. */
    boolean run(LoadOptions options, InputStream in) throws IOException {
        Failures failures = new Failures(err);
        try (LoadLoop loop = new LoadLoop(options, clock, failures, buffers)) {
            if (options.work() == LoadOptions.Kind.IDLE) {
                hold(options, loop, in);
            } else {
                measure(options, loop);
            }
        }
        out.println("errors=" + failures.count());
        out.flush();
        return failures.count() == 0;
    }

    private void measure(LoadOptions options, LoadLoop loop) throws IOException {
        Window window = new Window(out, options.windowNanos());
        loop.begin(work(options, loop, window));
        window.opensAt(clock.getAsLong() + options.warmupNanos());
        while (!window.isOver()) {
            loop.turn();
            window.turn(clock.getAsLong());
            if (loop.isAlone()) {
                window.cutShort(clock.getAsLong());
            }
        }
        loop.drain();
        loop.end();
        window.report(options.sizeBytes());
    }

    private void hold(LoadOptions options, LoadLoop loop, InputStream in) throws IOException {
        loop.begin(new Idle(loop.conversations(), options.sizeBytes()));
        loop.drain();
        out.println("idle " + options.connections());
        out.flush();
        while (in.read() >= 0) {
            // What it says does not matter, only its end.
        }
        loop.turn();
        loop.end();
    }

    private static Work work(LoadOptions options, LoadLoop loop, Window window) {
        List<Conversation> conversations = loop.conversations();
        int size = options.sizeBytes();
        return switch (options.work()) {
            case ECHO -> new ClosedLoop(window, conversations, size, options.depth());
            case RATE -> new OpenLoop(window, conversations, size, options.messagesPerSecond());
            case CHURN -> new Churn(loop, window, conversations, size);
            case IDLE -> throw new IllegalArgumentException("nothing is measured of idle connections");
        };
    }

    private static LongSupplier clock() {
        long begin = System.nanoTime();
        return () -> System.nanoTime() - begin;
    }
}
