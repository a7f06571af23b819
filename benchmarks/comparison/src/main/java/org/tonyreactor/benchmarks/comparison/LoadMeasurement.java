package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Throughput, latency and the server's CPU per message, read while the load generator's window is open. */
final class LoadMeasurement implements Measurement {
    /** A measurement with more noise is marked: 3 % of one processor. */
    static final double NOISE_BOUND_PROCESSORS = 0.03;

    private static final double MICROS_PER_SECOND = 1e6;

    private final Generator generator;
    private final double warmupSeconds;
    private final double seconds;

    LoadMeasurement(Generator generator, double warmupSeconds, double seconds) {
        this.generator = generator;
        this.warmupSeconds = warmupSeconds;
        this.seconds = seconds;
    }

    @Override
    public Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        try (Server server = contestant.start(jdk, work, folder);
                Child load = generator.start(work, server.port(), warmupSeconds, seconds, folder)) {
            load.await(Generator.BEGINS::equals, Generator.BOUND_SECONDS + (long) warmupSeconds);
            Moment begin = Moment.of(server.pid());
            load.await(Generator.ENDS::equals, Generator.BOUND_SECONDS + (long) seconds);
            Moment end = Moment.of(server.pid());
            return figures(begin, end, Generator.figures(load.finish(Generator.BOUND_SECONDS)));
        }
    }

    /** What the window has shown. */
    static Map<String, Double> figures(Moment begin, Moment end, Map<String, Double> load) {
        double serverSeconds = end.serverSeconds - begin.serverSeconds;
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

    /**
     * The counters at one end of the window.
     *
     * @param serverSeconds processor time of the server so far
     * @param processors of the machine so far
     */
    record Moment(double serverSeconds, Processors processors) {
        static Moment of(long pid) throws IOException {
            return new Moment(ProcFile.cpuSeconds(pid), Processors.read());
        }
    }
}
