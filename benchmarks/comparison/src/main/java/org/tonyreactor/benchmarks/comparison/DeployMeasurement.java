package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * From a bundle dropped into {@code deploy/} of a running server to its first echo. The bundle is the sample of the
 * distribution, which is taken out before the server starts.
 */
final class DeployMeasurement implements Measurement {
    /** How often the server looks into the folder. */
    static final int POLL_MILLIS = 250;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long BOUND_SECONDS = 20;
    private static final long TRY_MILLIS = 1;

    @Override
    public Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        if (!(contestant instanceof Distribution ours)) {
            throw new IllegalArgumentException(contestant.name() + " has no folder to drop a bundle into");
        }
        Path home = ours.unpack(folder);
        int port = FreePorts.find(1).get(0);
        ours.configure(home, work.workers(), List.of(port));
        Path bundle = Files.move(sample(home), folder.resolve("sample.jar"));
        try (Server server = ours.start(jdk, work, home, folder)) {
            long droppedNanos = System.nanoTime();
            Files.copy(bundle, server.folder().resolve("deploy/sample.jar"));
            awaitEcho(port);
            return Map.of(Metric.MILLIS, (System.nanoTime() - droppedNanos) / NANOS_PER_MILLI);
        }
    }

    static void awaitEcho(int port) throws InterruptedException {
        await(() -> refusal(port).map(e -> "did not answer within " + BOUND_SECONDS + " s: " + e));
    }

    /** Waits until nobody answers there any more. */
    static void awaitEnd(int port) throws InterruptedException {
        String obstacle = "still answered after " + BOUND_SECONDS + " s";
        await(() -> refusal(port).isPresent() ? Optional.empty() : Optional.of(obstacle));
    }

    /** Why there is no echo, if there is none. */
    private static Optional<IOException> refusal(int port) {
        try {
            Server.echo(port);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** Tries until nothing stands in the way. */
    private static void await(Supplier<Optional<String>> obstacle) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        for (Optional<String> seen = obstacle.get();
                seen.isPresent();
                seen = obstacle.get()) { // Ends: at the deadline.
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new MeasuringFailure("the bundle " + seen.get());
            }
            TimeUnit.MILLISECONDS.sleep(TRY_MILLIS);
        }
    }

    static Path sample(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("bundles"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sample-echo"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
