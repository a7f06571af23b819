package org.tonyreactor.internal.whiteboard;

import java.util.concurrent.CompletableFuture;
import org.tonyreactor.internal.engine.log.Log;

/**
 * Runs code of other bundles that an event of the engine has caused: on the JDK's executor for asynchronous work (the
 * common pool, or a short-lived thread if that pool has only one). A service listener or a component's activation may
 * block or take locks; on a loop it would hold up the connections of that loop, and could wait for a thread that waits
 * for this loop.
 */
final class BundleCalls {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");

    private BundleCalls() {}

    /** Runs an action soon. Its exception is logged. Any thread. */
    static void run(Runnable action) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                LOG.error("work of the whiteboard failed", e);
            }
        });
    }
}
