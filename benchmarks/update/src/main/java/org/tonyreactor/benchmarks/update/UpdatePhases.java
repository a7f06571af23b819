package org.tonyreactor.benchmarks.update;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Where the time of {@code Bundle.update} goes. The thread that updates. */
final class UpdatePhases implements SynchronousBundleListener {
    private final Bundle bundle;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private long startNanos;
    private long lastNanos;

    UpdatePhases(Bundle bundle) {
        this.bundle = bundle;
    }

    void begin() {
        nanos.clear();
        startNanos = System.nanoTime();
        lastNanos = startNanos;
    }

    /** The whole, and its parts: stopping the old version, bringing the new one in, starting it. */
    Map<String, Long> end() {
        // Not up to STARTED: the component runtime starts components in a listener for it, like this one.
        reached("start");
        nanos.put("nanos", lastNanos - startNanos);
        return nanos;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getBundle() == bundle) {
            switch (event.getType()) {
                case BundleEvent.STOPPED -> reached("stop");
                case BundleEvent.STARTING -> reached("revise");
                default -> {
                    // The parts are told by these two.
                }
            }
        }
    }

    private void reached(String phase) {
        long nowNanos = System.nanoTime();
        nanos.put(phase, nowNanos - lastNanos);
        lastNanos = nowNanos;
    }
}
