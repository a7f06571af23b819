package org.tonyreactor.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;

/** The process: one run, its figures on standard output, exit 0 only when every byte was verified and nothing failed. */
final class LoadGenerator {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final LoadOptions options;
    private final PrintStream out;
    private final Failures failures;
    private final LongSupplier clock = clock();

    LoadGenerator(LoadOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        failures = new Failures(err);
    }

    public static void main(String[] args) throws IOException {
        LoadOptions options;
        try {
            options = LoadOptions.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(LoadOptions.USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        boolean right = new LoadGenerator(options, System.out, System.err).run(System.in);
        System.exit(right ? 0 : FAILED);
    }

    /** Whether nothing failed. Idle connections are held until the input ends. */
    boolean run(InputStream in) throws IOException {
        try (LoadLoop loop = new LoadLoop(options, clock, failures)) {
            if (options.work() == LoadOptions.Kind.IDLE) {
                hold(loop, in);
            } else {
                measure(loop);
            }
        }
        out.println("errors=" + failures.count());
        out.flush();
        return failures.count() == 0;
    }

    private void measure(LoadLoop loop) throws IOException {
        Window window = new Window(out, options.windowNanos());
        loop.begin(work(loop, window));
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

    private void hold(LoadLoop loop, InputStream in) throws IOException {
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

    private Work work(LoadLoop loop, Window window) {
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
