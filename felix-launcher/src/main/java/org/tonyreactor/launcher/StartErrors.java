package org.tonyreactor.launcher;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/**
 * Remembers the first of the launcher's own bundles that does not start. Bundles of {@code deploy/} may fail: the others
 * are served all the same, and the log tells it. Called by the framework's event thread, read by the main thread.
 */
final class StartErrors implements FrameworkListener {
    private final Set<Bundle> own = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    /** From now on an error of {@code bundle} counts. */
    void watch(Bundle bundle) {
        own.add(bundle);
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && own.contains(event.getBundle())) {
            Throwable cause = event.getThrowable();
            String reason = cause == null ? "for an unknown reason" : StartFailure.causeOf(cause);
            first.compareAndSet(
                    null, "bundle " + event.getBundle().getSymbolicName() + " does not start (" + reason + ")");
        }
    }

    void check() throws StartFailure {
        String error = first.get();
        if (error != null) {
            throw new StartFailure(error + ": see the log in logs/");
        }
    }
}
