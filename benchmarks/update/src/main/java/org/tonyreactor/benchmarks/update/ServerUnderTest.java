package org.tonyreactor.benchmarks.update;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.tonyreactor.benchmarks.ledger.LedgerFactory;

/**
 * The main of the child process: a framework with the real bundles and one protocol bundle, which is updated. It reads a
 * command a line and answers each with one line: {@code ok} and figures as {@code name=value}, or {@code failed} and why. At
 * the end of its input it ends, so it never outlives the driver.
 */
final class ServerUnderTest {
    private static final int COLLECTIONS_AT_MOST = 20;
    private static final long WAIT_MILLIS = 50;
    private static final long KIBIBYTE = 1_024;
    private static final long STOP_SECONDS = 20;

    private final Witness witness = new Witness();
    private final Framework framework;
    private final Bundle ledger;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Reference<?>> oldLoaders = new HashSet<>();
    private long loadersWatched;

    /** Starts the bundles, and the first version of the protocol. */
    private ServerUnderTest(Path bundles, Path work, Path first) throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        work.resolve("cache").toString(),
                        "org.ops4j.pax.logging.DefaultServiceLog.level",
                        "WARN"));
        framework.start();
        BundleContext context = framework.getBundleContext();
        List<Bundle> installed = new ArrayList<>();
        for (Path file : inOrder(bundles)) {
            installed.add(context.installBundle(file.toUri().toString()));
        }
        for (Bundle bundle : installed) {
            bundle.start();
        }
        context.registerService(
                BiConsumer.class, witness, FrameworkUtil.asDictionary(Map.of(LedgerFactory.WITNESS, true)));
        ledger = context.installBundle(first.toUri().toString());
        ledger.start();
    }

    /** Each lies in the folder of its start level. */
    private static List<Path> inOrder(Path bundles) throws Exception {
        try (Stream<Path> files = Files.walk(bundles)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Runs until the input ends; the arguments are the folder of the bundles, one to work in, and the first version. */
    public static void main(String[] args) {
        PrintStream answers = System.out;
        // What else is printed must not get between the answers.
        System.setOut(System.err);
        int status = 1;
        try {
            ServerUnderTest server = new ServerUnderTest(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
            answers.println("ok");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answers.println(server.answer(line));
            }
            server.framework.stop();
            server.framework.waitForStop(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
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
            Map<String, Long> figures = switch (words[0]) {
                case "update" -> update(Path.of(words[1]));
                case "counts" -> witness.counts();
                case "figures" -> figures();
                default -> throw new IllegalArgumentException(line);
            };
            StringBuilder answer = new StringBuilder("ok");
            figures.forEach(
                    (name, value) -> answer.append(' ').append(name).append('=').append(value));
            return answer.toString();
        } catch (Exception e) {
            e.printStackTrace();
            return "failed " + e.toString().replace('\n', ' ');
        }
    }

    /** How many nanoseconds it took. */
    private Map<String, Long> update(Path file) throws Exception {
        ClassLoader old = ledger.adapt(BundleWiring.class).getClassLoader();
        oldLoaders.add(new PhantomReference<>(old, collected));
        loadersWatched++;
        try (InputStream content = Files.newInputStream(file)) {
            long startNanos = System.nanoTime();
            ledger.update(content);
            return Map.of("nanos", System.nanoTime() - startNanos);
        }
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
