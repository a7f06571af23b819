package org.tonyreactor.internal.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.HeldUp;

/**
 * The engine's figures at one moment.
 *
 * @param uptimeMillis since the start
 * @param poolCapacity slots, free and taken
 * @param poolUsed slots taken
 * @param ignoredTokens stale, double or forged tokens
 * @param exhausted peers turned away because descriptors or slots had run out
 * @param refusedByReset peers turned away with RST, since too many others were being turned away
 * @param memory how much of its memory is in use
 * @param acceptorRestarts how often the acceptor's thread had died and was replaced
 * @param workers the workers
 */
public record EngineView(
        long uptimeMillis,
        int poolCapacity,
        int poolUsed,
        long ignoredTokens,
        long exhausted,
        long refusedByReset,
        MemoryView memory,
        long acceptorRestarts,
        List<WorkerView> workers) {
    /**
     * The engine's memory.
     *
     * @param usedBytes what is occupied
     * @param maxBytes what is never passed
     * @param highBytes above this less is read
     * @param ended connections ended because memory was short
     */
    public record MemoryView(long usedBytes, long maxBytes, long highBytes, long ended) {}

    /**
     * One worker's figures.
     *
     * @param thread the name of its thread
     * @param connections connections now
     * @param timers timers pending
     * @param turns turns of its loop
     * @param selectorRebuilds how often its selector was rebuilt
     * @param threadRestarts how often its thread had died and was replaced
     * @param memoryBytes what waits on it occupies
     * @param heldUp what it is held up by; null when it is not
     */
    public record WorkerView(
            String thread,
            int connections,
            int timers,
            long turns,
            long selectorRebuilds,
            long threadRestarts,
            long memoryBytes,
            @Nullable HeldUp heldUp) {
        /** Of a worker's loop, with the number of its connections. */
        static WorkerView of(EventLoop loop, int connections) {
            return new WorkerView(
                    loop.name(),
                    connections,
                    loop.timers().size(),
                    loop.turns().get(),
                    loop.rebuilds().get(),
                    loop.restarts().get(),
                    loop.memory().usedBytes(),
                    HeldUp.of(loop));
        }
    }
}
