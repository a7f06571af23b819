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
import org.tonyreactor.runtime.dto.PinDTO;

/**
 * Remembers, weakly, the class loaders of bundles whose factories have gone, and tells which of them are still alive and
 * who is known to hold them. Bound: {@link #CAPACITY}; the oldest is forgotten first. Any thread; the monitor guards the
 * list and is held for no call of anybody else's code.
 */
final class Pins {
    /** Class loaders that are remembered. */
    static final int CAPACITY = 1024;

    private final LongSupplier nowMillis;
    private final ArrayDeque<Gone> gone = new ArrayDeque<>();

    private record Gone(
            WeakReference<ClassLoader> loader, long bundleId, String symbolicName, String version, long sinceMillis) {}

    Pins(LongSupplier nowMillis) {
        this.nowMillis = nowMillis;
    }

    /** A factory has gone. */
    void watch(ProtocolFactory factory) {
        ClassLoader loader = factory.getClass().getClassLoader();
        if (!(loader instanceof BundleReference reference) || reference.getBundle() == null) {
            return; // No bundle's class: nothing that could be collected.
        }
        Bundle bundle = reference.getBundle();
        Gone fresh = new Gone(
                new WeakReference<>(loader),
                bundle.getBundleId(),
                String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion().toString(),
                nowMillis.getAsLong());
        synchronized (gone) {
            gone.removeIf(each -> each.loader().get() == null || each.loader().get() == loader);
            if (gone.size() == CAPACITY) {
                gone.removeFirst();
            }
            gone.addLast(fresh);
        }
    }

    /** Those that are alive, the oldest first; a bundle that is stopped, and might start again, holds its own. */
    PinDTO[] alive() {
        List<Gone> remembered;
        synchronized (gone) {
            gone.removeIf(each -> each.loader().get() == null);
            remembered = List.copyOf(gone);
        }
        List<PinDTO> pins = new ArrayList<>();
        for (Gone each : remembered) {
            ClassLoader loader = each.loader().get();
            if (loader != null && !isCurrent(loader)) {
                pins.add(pin(each, loader));
            }
        }
        return pins.toArray(PinDTO[]::new);
    }

    private PinDTO pin(Gone gone, ClassLoader loader) {
        PinDTO dto = new PinDTO();
        dto.bundleId = gone.bundleId();
        dto.symbolicName = gone.symbolicName();
        dto.version = gone.version();
        dto.goneMillis = nowMillis.getAsLong() - gone.sinceMillis();
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
