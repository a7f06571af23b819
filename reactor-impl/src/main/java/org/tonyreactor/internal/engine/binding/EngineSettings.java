package org.tonyreactor.internal.engine.binding;

/**
 * The engine's settings. All except the number of workers may change while the engine runs.
 *
 * @param workers worker threads; 0 is one per processor
 * @param poolInitialConnections slots with which the pool starts and to which it shrinks
 * @param poolMaxConnections slots to which it may grow; 0 is no bound
 * @param readBufferBytes the size of each worker's read buffer
 * @param acceptsPerTurn connections that one listener accepts before other work is done
 * @param watchdogWarnMillis how long a turn may take before its stack is logged; 0 is never
 * @param stopTimeoutMillis how long a stop of the engine takes at most; connections have all of it but the last second, or
 *     half, to finish what they are at
 * @param memory how much memory what waits in the engine may occupy
 */
public record EngineSettings(
        int workers,
        int poolInitialConnections,
        int poolMaxConnections,
        int readBufferBytes,
        int acceptsPerTurn,
        long watchdogWarnMillis,
        long stopTimeoutMillis,
        Memory memory) {

    /**
     * The bound on the memory of all that waits in the engine for somebody.
     *
     * @param maxBytes the bound; 0 is a quarter of the largest heap
     * @param highPercent the part of it above which the engine reads less
     */
    public record Memory(long maxBytes, int highPercent) {
        public static final Memory DEFAULTS = new Memory(0, 75);
        /** The smallest bound beside the engine's own buffers. */
        public static final long LEAST_BYTES = 1 << 20;
        /** The largest bound. */
        public static final long MOST_BYTES = 1L << 50;

        /** Checks every value against its range. */
        public Memory {
            if (maxBytes != 0) {
                inRange("memory.max.bytes", maxBytes, LEAST_BYTES, MOST_BYTES);
            }
            inRange("memory.high.percent", highPercent, 1, 100);
        }

        /** The bound that is asked for. */
        public long bytes() {
            return maxBytes == 0 ? Runtime.getRuntime().maxMemory() / 4 : maxBytes;
        }
    }

    /** The largest number of worker threads. */
    public static final int MAX_WORKERS = 1024;
    /** The largest pool. */
    public static final int MAX_CONNECTIONS = 1 << 24;

    private static final int MIN_READ_BUFFER_BYTES = 512;
    private static final int MAX_READ_BUFFER_BYTES = 1 << 26;

    /** Checks every value against its range. */
    public EngineSettings {
        inRange("workers", workers, 0, MAX_WORKERS);
        inRange("pool.initial.connections", poolInitialConnections, 1, MAX_CONNECTIONS);
        inRange("pool.max.connections", poolMaxConnections, 0, MAX_CONNECTIONS);
        inRange("read.buffer.bytes", readBufferBytes, MIN_READ_BUFFER_BYTES, MAX_READ_BUFFER_BYTES);
        inRange("accepts.per.turn", acceptsPerTurn, 1, Integer.MAX_VALUE);
        inRange("watchdog.warn.millis", watchdogWarnMillis, 0, Long.MAX_VALUE);
        inRange("stop.timeout.millis", stopTimeoutMillis, 0, Long.MAX_VALUE);
    }

    /** Settings with the default bound on memory. */
    public EngineSettings(
            int workers,
            int poolInitialConnections,
            int poolMaxConnections,
            int readBufferBytes,
            int acceptsPerTurn,
            long watchdogWarnMillis,
            long stopTimeoutMillis) {
        this(
                workers,
                poolInitialConnections,
                poolMaxConnections,
                readBufferBytes,
                acceptsPerTurn,
                watchdogWarnMillis,
                stopTimeoutMillis,
                Memory.DEFAULTS);
    }

    /** The defaults that the metatype states too. */
    public static EngineSettings defaults() {
        return new EngineSettings(0, 64, 0, 65_536, 256, 2_000, 10_000);
    }

    /** The same settings with another bound on memory. */
    public EngineSettings withMemory(Memory changed) {
        return new EngineSettings(
                workers,
                poolInitialConnections,
                poolMaxConnections,
                readBufferBytes,
                acceptsPerTurn,
                watchdogWarnMillis,
                stopTimeoutMillis,
                changed);
    }

    /** The same settings with another number of workers. */
    public EngineSettings withWorkers(int count) {
        return new EngineSettings(
                count,
                poolInitialConnections,
                poolMaxConnections,
                readBufferBytes,
                acceptsPerTurn,
                watchdogWarnMillis,
                stopTimeoutMillis,
                memory);
    }

    public int workerCount() {
        return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }

    private static void inRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", got " + value);
        }
    }
}
