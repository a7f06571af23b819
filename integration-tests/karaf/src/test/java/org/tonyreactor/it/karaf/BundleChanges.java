package org.tonyreactor.it.karaf;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Which bundles anything happened to since it was made: by their events, and by comparing what they were with what they
 * are. A bundle that was refreshed has another wiring, and so another class loader.
 */
final class BundleChanges implements SynchronousBundleListener, AutoCloseable {
    private record View(int state, long lastModified, int wiring) {}

    private final BundleContext context;
    private final Map<String, View> before;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    BundleChanges(BundleContext context) {
        this.context = context;
        this.before = views();
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        seen.add(name(event.getBundle()));
    }

    /** The symbolic names of the bundles that changed. */
    Set<String> names() {
        Set<String> names = new ConcurrentSkipListSet<>(seen);
        Map<String, View> after = views();
        after.forEach((name, view) -> {
            if (!view.equals(before.get(name))) {
                names.add(name);
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(names::add);
        return names;
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }

    private Map<String, View> views() {
        Map<String, View> views = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            views.put(
                    name(bundle),
                    new View(
                            bundle.getState(),
                            bundle.getLastModified(),
                            System.identityHashCode(bundle.adapt(BundleWiring.class))));
        }
        return views;
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
    }
}
