package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Throughput, latency and the server's CPU per message, read while the load generator's window is open.
 *
 * <p>All servers run, warmed up, and one at a time has a window. A machine may change its speed from one second to the next,
 * unseen by those that run on it: the shorter the windows and the closer those that are compared, the less of it gets into a
 * ratio. A server without connections takes next to no processor time; what it takes is in the noise.
 */
final class LoadSitting implements Sitting {
    /** A measurement with more noise is marked: 3 % of one processor. */
    static final double NOISE_BOUND_PROCESSORS = 0.03;

    /** A server that has been warmed up is given a moment with its new connections. */
    private static final double LEAD_SECONDS = 0.15;

    private static final double MICROS_PER_SECOND = 1e6;

    private final Generator generator;
    private final Work work;
    private final double warmupSeconds;
    private final double seconds;
    private final Path folder = Files.createTempDirectory("comparison");
    private final Map<Entrant, Server> servers = new HashMap<>();
    private Optional<Child> load = Optional.empty();

    LoadSitting(Generator generator, Work work, double warmupSeconds, double seconds) throws IOException {
        this.generator = generator;
        this.work = work;
        this.warmupSeconds = warmupSeconds;
        this.seconds = seconds;
    }

    @Override
    public void prepare(Entrant entrant) throws IOException, InterruptedException {
        if (!servers.containsKey(entrant)) {
            Path own = Files.createTempDirectory(folder, entrant.name());
            servers.put(entrant, entrant.contestant().start(entrant.jdk(), work, own));
            window(entrant, warmupSeconds);
        }
    }

    @Override
    public Map<String, Double> measure(Entrant entrant) throws IOException, InterruptedException {
        prepare(entrant);
        return window(entrant, LEAD_SECONDS);
    }

    /** What the next window shows. Who fails in it is started anew for the one after. */
    private Map<String, Double> window(Entrant entrant, double leadSeconds) throws IOException, InterruptedException {
        Server server = servers.remove(entrant);
        try {
            Child runs = load();
            Generator.ask(runs, work, server.port(), leadSeconds, seconds);
            runs.await(Generator.BEGINS::equals, Generator.BOUND_SECONDS + (long) leadSeconds);
            Moment begin = Moment.of(server.pid());
            runs.await(Generator.ENDS::equals, Generator.BOUND_SECONDS + (long) seconds);
            Moment end = Moment.of(server.pid());
            Map<String, Double> figures = figures(begin, end, Generator.answer(runs));
            servers.put(entrant, server);
            return figures;
        } catch (MeasuringFailure | IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** The load generator that runs, or a new one. */
    private Child load() throws IOException {
        if (load.isEmpty() || !load.get().isAlive()) {
            load = Optional.of(generator.start(work, folder));
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
        double noise = end.processors.noiseSince(begin.processors, serverSeconds + generatorSeconds, windowSeconds);
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
        load.ifPresent(Child::close);
        servers.values().forEach(Server::close);
        Folder.delete(folder);
    }

    /**
     * The counters at one end of the window.
     *
     * @param server processor time of its threads so far
     * @param processors of the machine so far
     */
    record Moment(ThreadTimes server, Processors processors) {
        static Moment of(long pid) throws IOException {
            return new Moment(ThreadTimes.of(pid), Processors.read());
        }
    }
}
