package org.tonyreactor.internal.whiteboard;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;

/**
 * Remembers, weakly, the class loaders of bundles whose factories have gone. It says which of them are still alive, and
 * names their known holders. Bound: {@link #CAPACITY}; the oldest is forgotten first. Any thread; the monitor guards
 * the list and is never held while other code is called.
 */
final class ClassLoaderLeaks {
    /** Class loaders that are remembered. */
    static final int CAPACITY = 1024;

    private final LongSupplier nowMillis;
    private final ArrayDeque<WatchedLoader> watched = new ArrayDeque<>();

    private record WatchedLoader(
            WeakReference<ClassLoader> loader, long bundleId, String symbolicName, String version, long sinceMillis) {}

    ClassLoaderLeaks(LongSupplier nowMillis) {
        this.nowMillis = nowMillis;
    }

    /** A factory has gone. */
    void watch(ProtocolFactory factory) {
        ClassLoader loader = factory.getClass().getClassLoader();
        if (!(loader instanceof BundleReference reference) || reference.getBundle() == null) {
            return; // No bundle's class: nothing that could be collected.
        }
        Bundle bundle = reference.getBundle();
        WatchedLoader fresh = new WatchedLoader(
                new WeakReference<>(loader),
                bundle.getBundleId(),
                String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion().toString(),
                nowMillis.getAsLong());
        synchronized (watched) {
            watched.removeIf(
                    each -> each.loader().get() == null || each.loader().get() == loader);
            if (watched.size() == CAPACITY) {
                watched.removeFirst();
            }
            watched.addLast(fresh);
        }
    }

    /** Those that are alive, the oldest first; a bundle that is stopped, and might start again, holds its own. */
    ClassLoaderLeakDTO[] alive() {
        List<WatchedLoader> remembered;
        synchronized (watched) {
            watched.removeIf(each -> each.loader().get() == null);
            remembered = List.copyOf(watched);
        }
        List<ClassLoaderLeakDTO> leaks = new ArrayList<>();
        for (WatchedLoader each : remembered) {
            ClassLoader loader = each.loader().get();
            if (loader != null && !isCurrent(loader)) {
                leaks.add(leak(each, loader));
            }
        }
        return leaks.toArray(ClassLoaderLeakDTO[]::new);
    }

    private ClassLoaderLeakDTO leak(WatchedLoader watched, ClassLoader loader) {
        ClassLoaderLeakDTO dto = new ClassLoaderLeakDTO();
        dto.bundleId = watched.bundleId();
        dto.symbolicName = watched.symbolicName();
        dto.version = watched.version();
        dto.goneMillis = nowMillis.getAsLong() - watched.sinceMillis();
        List<String> holders = new ArrayList<>();
        addThreads(loader, holders);
        addWires(loader, holders);
        dto.holders = holders.toArray(String[]::new);
        return dto;
    }

    private static void addThreads(ClassLoader loader, List<String> holders) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getClass().getClassLoader() == loader) {
                holders.add("thread " + thread.getName() + " is of one of its classes: end it when the bundle stops");
            } else if (thread.getContextClassLoader() == loader) {
                holders.add("thread " + thread.getName() + " has it as its context class loader");
            }
        }
    }

    private static void addWires(ClassLoader loader, List<String> holders) {
        Bundle bundle = bundleOf(loader);
        BundleRevisions revisions = bundle == null ? null : bundle.adapt(BundleRevisions.class);
        if (revisions == null) {
            return;
        }
        for (BundleRevision revision : revisions.getRevisions()) {
            BundleWiring wiring = revision.getWiring();
            if (wiring == null || wiring.getClassLoader() != loader) {
                continue;
            }
            for (BundleWire wire : wiring.getProvidedWires(null)) {
                Bundle user = wire.getRequirer().getBundle();
                holders.add("bundle " + user.getBundleId() + " (" + user.getSymbolicName()
                        + ") is still wired to it: refresh that bundle");
            }
        }
    }

    private static boolean isCurrent(ClassLoader loader) {
        Bundle bundle = bundleOf(loader);
        BundleWiring wiring = bundle == null ? null : bundle.adapt(BundleWiring.class);
        return wiring != null && wiring.isCurrent() && wiring.getClassLoader() == loader;
    }

    private static @Nullable Bundle bundleOf(ClassLoader loader) {
        return loader instanceof BundleReference reference ? reference.getBundle() : null;
    }
}
