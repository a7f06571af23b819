package org.tonyreactor.it.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** Protocol bundles and the engine stop and start, again and again, in random order. */
public class StormIT extends ReactorExam {
    private static final int ROUNDS = 50;
    private static final int PROTOCOLS = 4;
    private static final int COLLECTIONS = 100;
    private static final long PAUSE_MILLIS = 50;

    @Rule
    public final Deployment deployment = new Deployment();

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    /** References that are themselves collected would tell nothing. */
    private final Map<Reference<?>, String> watched = new HashMap<>();

    @Test
    public void servesEverythingAfterAStormAndKeepsNothing() throws Exception {
        long seed = System.nanoTime();
        try {
            storm(new Random(0), 1);
            long descriptors = openDescriptors();
            int threads = EngineThreads.count();

            storm(new Random(seed), ROUNDS);

            assertEquals(threads, EngineThreads.count());
            runtime.await("as few descriptors as before", now -> openDescriptors() <= descriptors);
            assertEquals("class loaders that are not collected", List.of(), awaitCollection());
        } catch (Exception | AssertionError e) {
            throw new AssertionError("storm with seed " + seed, e);
        }
    }

    /** Installs protocols, stops and starts what chance wants, sees that all is served in the end, and removes them. */
    private void storm(Random random, int rounds) throws Exception {
        List<Bundle> protocols = new ArrayList<>(List.of(deployment.installEcho()));
        for (int i = 1; i < PROTOCOLS; i++) {
            protocols.add(deployment.startSigner("signer-" + i));
        }
        List<Bundle> all = new ArrayList<>(protocols);
        all.add(Deployment.engine());
        for (int i = 0; i < rounds; i++) {
            Bundle one = all.get(random.nextInt(all.size()));
            if (one.getState() == Bundle.ACTIVE) {
                one.stop();
            } else {
                one.start();
            }
            askOneOf(protocols);
        }
        startAll(all);
        for (Bundle protocol : protocols) {
            ask(protocol);
            watch(protocol);
        }
        deployment.removeAll();
        runtime.await("an empty engine", now -> now.endpointDTOs.length == 0 && now.poolUsed == 0);
    }

    private void watch(Bundle bundle) {
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        watched.put(new PhantomReference<>(loader, collected), bundle.toString());
    }

    /** Whatever else is stopped: what runs is served. */
    private void askOneOf(List<Bundle> protocols) throws Exception {
        if (Deployment.engine().getState() == Bundle.ACTIVE) {
            for (Bundle protocol : protocols) {
                if (protocol.getState() == Bundle.ACTIVE) {
                    ask(protocol);
                    return;
                }
            }
        }
    }

    private void ask(Bundle protocol) throws Exception {
        String answer = LineClient.askOnce(runtime.awaitPort(protocol), "hello");
        assertTrue(answer, answer.endsWith("hello"));
    }

    private static void startAll(List<Bundle> bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** The names of the bundles whose class loaders are still there. */
    private List<String> awaitCollection() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS && !watched.isEmpty(); i++) {
            System.gc();
            for (Reference<?> gone = collected.remove(PAUSE_MILLIS); gone != null; gone = collected.poll()) {
                watched.remove(gone);
            }
        }
        return List.copyOf(watched.values());
    }
}
