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
 * @param stopTimeoutMillis how long connections have to finish when the engine stops
 */
public record EngineSettings(
        int workers,
        int poolInitialConnections,
        int poolMaxConnections,
        int readBufferBytes,
        int acceptsPerTurn,
        long watchdogWarnMillis,
        long stopTimeoutMillis) {

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

    /** The defaults that the metatype states too. */
    public static EngineSettings defaults() {
        return new EngineSettings(0, 64, 0, 65_536, 256, 2_000, 10_000);
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
                stopTimeoutMillis);
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
