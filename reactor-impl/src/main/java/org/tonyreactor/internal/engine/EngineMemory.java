package org.tonyreactor.internal.engine;

import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.MemoryBudget;

/** The engine's memory: its bound as the settings have it, and what the engine's own buffers take of it. Any thread. */
final class EngineMemory {
    private static final Log LOG = Log.named("org.tonyreactor.engine");

    private final MemoryBudget budget = new MemoryBudget();
    private final int workers;
    private final int acceptorBytes;
    private final int writeBufferBytes;

    /**
     * With the number of workers that the settings have now.
     *
     * @param acceptorBytes the acceptor's buffers
     * @param writeBufferBytes what writing takes for each worker
     */
    EngineMemory(EngineSettings settings, int acceptorBytes, int writeBufferBytes) {
        this.workers = settings.workerCount();
        this.acceptorBytes = acceptorBytes;
        this.writeBufferBytes = writeBufferBytes;
        limit(settings);
    }

    MemoryBudget budget() {
        return budget;
    }

    /** Sets the bound. What is too little for the engine itself is raised, with a warning. */
    void limit(EngineSettings settings) {
        long buffers = acceptorBytes + (long) workers * (settings.readBufferBytes() + writeBufferBytes);
        long least = buffers + EngineSettings.Memory.LEAST_BYTES;
        long asked = settings.memory().bytes();
        if (asked < least) {
            LOG.warn(
                    "memory.max.bytes = {} is too little for the engine's own buffers and {} beside them: {} are in force",
                    asked,
                    EngineSettings.Memory.LEAST_BYTES,
                    least);
        }
        budget.fixed(buffers);
        budget.limit(Math.max(asked, least), settings.memory().highPercent());
    }

    EngineView.MemoryView view() {
        return new EngineView.MemoryView(budget.usedBytes(), budget.maxBytes(), budget.highBytes(), budget.ended());
    }
}
