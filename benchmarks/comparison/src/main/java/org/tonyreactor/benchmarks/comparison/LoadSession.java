package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.Kernel.Processors;
import org.tonyreactor.benchmarks.harness.Kernel.ThreadTimes;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * Throughput, latency and the server's CPU per message, read while the load generator's window is open.
 *
 * <p>All servers run, warmed up, and one at a time has a window. A machine may change its speed from one second to the next,
 * unseen by those that run on it: the shorter the windows and the closer those that are compared, the less of it gets into a
 * ratio. A server without connections takes next to no processor time; what it takes is in the noise.
 */
final class LoadSession implements Session {
    /** A measurement with more noise is marked: 3 % of one processor. */
    static final double NOISE_BOUND_PROCESSORS = 0.03;

    /** A server that has been warmed up is given a moment with its new connections. */
    private static final double LEAD_SECONDS = 0.15;

    private static final double MICROS_PER_SECOND = 1e6;

    private final Generator generator;
    private final double warmupSeconds;
    private final double seconds;
    private final Folder folder = Folder.make();
    private final Map<Candidate, Server> servers = new HashMap<>();
    private Optional<ChildProcess> load = Optional.empty();

    LoadSession(Generator generator, double warmupSeconds, double seconds) throws IOException {
        this.generator = generator;
        this.warmupSeconds = warmupSeconds;
        this.seconds = seconds;
    }

    @Override
    public void prepare(Candidate server) throws IOException, InterruptedException {
        if (!servers.containsKey(server)) {
            Path own = Files.createTempDirectory(folder.path(), server.name());
            servers.put(server, server.start(generator.work(), own));
            window(server, warmupSeconds);
        }
    }

    @Override
    public Map<String, Double> measure(Candidate server) throws IOException, InterruptedException {
        prepare(server);
        return window(server, LEAD_SECONDS);
    }

    /** What the next window shows. A server that fails in it is started anew for the one after. */
    private Map<String, Double> window(Candidate server, double leadSeconds) throws IOException, InterruptedException {
        Server running = servers.remove(server);
        try {
            ChildProcess runs = load();
            runs.type(generator.options(running.port(), leadSeconds, seconds) + "\n");
            runs.await(Generator.BEGINS::equals, Generator.BOUND_SECONDS + (long) leadSeconds);
            Moment begin = Moment.of(running.pid());
            runs.await(Generator.ENDS::equals, Generator.BOUND_SECONDS + (long) seconds);
            Moment end = Moment.of(running.pid());
            Map<String, Double> figures = figures(begin, end, Generator.answer(runs));
            servers.put(server, running);
            return figures;
        } catch (MeasuringFailure | IOException | InterruptedException e) {
            running.close();
            throw e;
        }
    }

    /** The load generator that runs, or a new one. */
    private ChildProcess load() throws IOException {
        if (load.isEmpty() || !load.get().isAlive()) {
            load = Optional.of(generator.start(folder.path()));
        }
        return load.get();
    }

    /** What the window has shown. */
    static Map<String, Double> figures(Moment begin, Moment end, Map<String, Double> load) {
        double serverSeconds = end.server.secondsSince(begin.server);
        double generatorSeconds = load.getOrDefault("cpu.seconds", 0.0);
        double windowSeconds = load.getOrDefault("seconds", 0.0);
        double messages = load.getOrDefault("messages", 0.0);
        if (messages == 0 || windowSeconds == 0) {
            throw new MeasuringFailure("no message came back while it was measured: " + load);
        }
        double noise =
                end.processors.since(begin.processors).othersSeconds(serverSeconds + generatorSeconds) / windowSeconds;
        Map<String, Double> figures = new LinkedHashMap<>(load);
        figures.remove("cpu.seconds");
        figures.put(Metric.CPU, serverSeconds * MICROS_PER_SECOND / messages);
        figures.put(Metric.SERVER_SHARE, serverSeconds / windowSeconds);
        figures.put(Metric.GENERATOR_SHARE, generatorSeconds / windowSeconds);
        figures.put(Metric.NOISE, noise);
        figures.put(Metric.NOISY, noise > NOISE_BOUND_PROCESSORS ? 1.0 : 0.0);
        return figures;
    }

    @Override
    public void close() throws IOException {
        load.ifPresent(ChildProcess::close);
        servers.values().forEach(Server::close);
        folder.close();
    }

    /** The counters at one end of the window. */
    record Moment(ThreadTimes server, Processors processors) {
        static Moment of(long pid) throws IOException {
            return new Moment(ThreadTimes.of(pid), Processors.read());
        }
    }
}
