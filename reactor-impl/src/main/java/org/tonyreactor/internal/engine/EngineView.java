package org.tonyreactor.internal.engine;

import java.util.List;

/**
 * The engine's figures at one moment.
 *
 * @param uptimeMillis since the start
 * @param poolCapacity slots, free and taken
 * @param poolUsed slots taken
 * @param ignoredTokens stale, double or forged tokens
 * @param exhausted peers turned away because descriptors or slots had run out
 * @param workers the workers
 */
public record EngineView(
        long uptimeMillis,
        int poolCapacity,
        int poolUsed,
        long ignoredTokens,
        long exhausted,
        List<WorkerView> workers) {
    /**
     * One worker's figures.
     *
     * @param thread the name of its thread
     * @param connections connections now
     * @param timers timers pending
     * @param turns turns of its loop
     * @param selectorRebuilds how often its selector was rebuilt
     * @param threadRestarts how often its thread had died and was replaced
     */
    public record WorkerView(
            String thread, int connections, int timers, long turns, long selectorRebuilds, long threadRestarts) {}
}
