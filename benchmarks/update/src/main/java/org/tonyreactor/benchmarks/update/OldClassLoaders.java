package org.tonyreactor.benchmarks.update;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The class loaders of versions that have gone, and how many of them were collected. One thread. */
final class OldClassLoaders {
    private static final int COLLECTIONS_AT_MOST = 20;
    private static final long WAIT_MILLIS = 50;

    private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    private final Set<Reference<?>> alive = new HashSet<>();
    private int watched;

    /** Watches the class loader of a bundle's present version. */
    void watch(Bundle bundle) {
        alive.add(new PhantomReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), queue));
        watched++;
    }

    /** Runs the garbage collector until all are collected, or often enough to know that they will not be. */
    void collect() throws InterruptedException {
        System.gc();
        drain(1);
        for (int i = 1; i < COLLECTIONS_AT_MOST && !alive.isEmpty(); i++) {
            System.gc();
            drain(WAIT_MILLIS);
        }
    }

    int watched() {
        return watched;
    }

    int collected() {
        return watched - alive.size();
    }

    private void drain(long firstWaitMillis) throws InterruptedException {
        for (Reference<?> next = queue.remove(firstWaitMillis); next != null; next = queue.poll()) {
            alive.remove(next);
        }
    }
}
