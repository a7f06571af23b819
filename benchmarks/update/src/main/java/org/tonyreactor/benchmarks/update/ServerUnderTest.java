package org.tonyreactor.benchmarks.update;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The main of the child process. It reads a command a line and answers each with one line: {@code ok} and figures as
 * {@code name=value}, or {@code failed} and why. At the end of its input it ends, so it never outlives the driver.
 */
final class ServerUnderTest {
    private static final int COLLECTIONS_AT_MOST = 20;
    private static final long WAIT_MILLIS = 50;
    private static final long KIBIBYTE = 1_024;

    private final Witness witness = new Witness();
    private final FelixServer felix;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Reference<?>> oldLoaders = new HashSet<>();
    private long loadersWatched;

    private ServerUnderTest(Path bundles, Path work, long holdMillis) throws Exception {
        felix = FelixServer.start(bundles, work, witness, holdMillis);
    }

    /**
     * Runs until the input ends.
     *
     * @param args the folder of the bundles, a folder to work in, reactor.hold.timeout.millis
     */
    public static void main(String[] args) {
        PrintStream answers = System.out;
        // What else is printed must not get between the answers.
        System.setOut(System.err);
        int status = 1;
        try {
            ServerUnderTest server = new ServerUnderTest(Path.of(args[0]), Path.of(args[1]), Long.parseLong(args[2]));
            answers.println("ok");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answers.println(server.answer(line));
            }
            server.felix.stop();
            status = 0;
        } catch (Exception e) {
            System.err.println("the server cannot go on");
            e.printStackTrace();
        } finally {
            // The framework's threads would keep the process alive.
            System.exit(status);
        }
    }

    private String answer(String line) {
        try {
            String[] words = line.split(" ", 2);
            StringBuilder answer = new StringBuilder("ok");
            run(words[0], words.length > 1 ? words[1] : "")
                    .forEach((name, value) ->
                            answer.append(' ').append(name).append('=').append(value));
            return answer.toString();
        } catch (Exception e) {
            e.printStackTrace();
            return "failed " + e.toString().replace('\n', ' ');
        }
    }

    private Map<String, Long> run(String command, String argument) throws Exception {
        return switch (command) {
            case "install" -> Map.of("port", (long) felix.install(Path.of(argument)));
            case "update" -> update(Path.of(argument));
            case "spans" -> witness.spans();
            case "counts" -> witness.counts();
            case "figures" -> figures();
            default -> throw new IllegalArgumentException(command);
        };
    }

    private Map<String, Long> update(Path file) throws Exception {
        ClassLoader old = felix.bundle().adapt(BundleWiring.class).getClassLoader();
        oldLoaders.add(new PhantomReference<>(old, collected));
        loadersWatched++;
        witness.beginUpdate();
        return Map.of("nanos", felix.update(file));
    }

    private Map<String, Long> figures() throws InterruptedException {
        collect();
        Map<String, Long> figures = new TreeMap<>(witness.counts());
        figures.put(
                "heap.kib",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / KIBIBYTE);
        figures.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        String[] descriptors = new File("/proc/self/fd").list();
        figures.put("descriptors", descriptors == null ? -1L : descriptors.length);
        figures.put("loaders.collected", loadersWatched - oldLoaders.size());
        witness.breaches().forEach(System.err::println);
        return figures;
    }

    /** Runs the garbage collector until all old class loaders are collected, or often enough to know that they will not be. */
    private void collect() throws InterruptedException {
        System.gc();
        forget(1);
        for (int i = 1; i < COLLECTIONS_AT_MOST && !oldLoaders.isEmpty(); i++) {
            System.gc();
            forget(WAIT_MILLIS);
        }
    }

    private void forget(long firstWaitMillis) throws InterruptedException {
        for (Reference<?> next = collected.remove(firstWaitMillis); next != null; next = collected.poll()) {
            oldLoaders.remove(next);
        }
    }
}
