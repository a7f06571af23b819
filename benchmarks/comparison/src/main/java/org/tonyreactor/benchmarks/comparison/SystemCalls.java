package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tonyreactor.benchmarks.comparison.Candidate.OnJdk;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * System calls of one message, counted by strace: those that move bytes and wait for them. What the threads of a JVM do
 * among themselves comes by time and not by message, and the traced server is several times slower than it is alone, so that
 * there would be too much of it. A first load goes before it, so that what is loaded for the first message is not counted;
 * then strace counts all of a second load, from before its connections are made until it has ended, since it cannot begin
 * and end together with a window. It is long, so that the few calls of each connection weigh little.
 */
record SystemCalls(Generator generator) {
    private static final double FIRST_SECONDS = 1;
    private static final double TRACED_SECONDS = 10;
    private static final long BOUND_SECONDS = 60;
    private static final int CALLS = 3;

    /** One that this kernel does not have is no error. */
    private static final String TRACED =
            "trace=read,write,readv,writev,%network,?epoll_wait,?epoll_pwait,?epoll_pwait2,"
                    + "?epoll_ctl,?poll,?io_uring_enter";

    Map<String, Double> measure(OnJdk candidate, Work work, Path folder) throws IOException, InterruptedException {
        try (Server server = candidate.start(work, folder);
                ChildProcess load = generator.start(work, folder)) {
            load(load, work, server, FIRST_SECONDS);
            Path counts = folder.resolve("strace.txt");
            try (ChildProcess strace = trace(server, counts, folder)) {
                double messages = load(load, work, server, TRACED_SECONDS);
                strace.interrupt();
                // It dies of the signal after it has written its table.
                strace.end(BOUND_SECONDS);
                return Map.of(Metric.CALLS, calls(Files.readAllLines(counts)) / messages);
            }
        }
    }

    private static double load(ChildProcess load, Work work, Server server, double loadSeconds)
            throws IOException, InterruptedException {
        Generator.ask(load, work, server.port(), 0, loadSeconds);
        return Generator.answer(load).getOrDefault("messages", 0.0);
    }

    /** Its errors come on its output, for it tells there when it has begun. */
    private static ChildProcess trace(Server server, Path counts, Path folder)
            throws IOException, InterruptedException {
        String script = "exec strace -f -c -e \"$0\" -o \"$1\" -p \"$2\" 2>&1";
        return ChildProcess.startServer(
                List.of("sh", "-c", script, TRACED, counts.toString(), Long.toString(server.pid())),
                Map.of(),
                folder.resolve("strace.log"),
                line -> line.contains("attached"),
                BOUND_SECONDS);
    }

    /** From the last line, such as {@code 100.00 0.123456 1 4567 89 total}. */
    static double calls(List<String> table) {
        return table.stream()
                .filter(line -> line.endsWith(" total"))
                .map(line -> line.trim().split("\\s+", -1)[CALLS])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new MeasuringFailure("no table of strace but: " + table));
    }
}
