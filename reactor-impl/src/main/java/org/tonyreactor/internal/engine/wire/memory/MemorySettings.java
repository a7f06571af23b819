package org.tonyreactor.internal.engine.wire.memory;

/**
 * How the wires of a {@link MemoryNetwork} behave: as sockets do, or badly in one or several ways, as other carriers may.
 *
 * @param pipeBytes how many bytes fit between two ends, in one direction, before the sender must wait
 * @param readBytes the most bytes that one read lends
 * @param recordBytes above 0, a read takes all input into the wire, the peer's FIN too, and lends one record of at most so
 *     many bytes; no poll reports the remainder
 * @param writeBytes the most bytes that one write takes
 * @param flushBytes above 0, the bytes that a write takes stay in the wire, and one flush sends at most so many of them
 * @param detachPolls how many polls it takes until a wire is detached; its handler is called until then
 */
public record MemorySettings(
        int pipeBytes, int readBytes, int recordBytes, int writeBytes, int flushBytes, int detachPolls) {
    /** As sockets do. */
    public static final MemorySettings PLAIN =
            new MemorySettings(1 << 16, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 0, 1);

    public MemorySettings {
        if (pipeBytes < 1 || readBytes < 1 || recordBytes < 0 || writeBytes < 1 || flushBytes < 0 || detachPolls < 1) {
            throw new IllegalArgumentException("a wire that could never move a byte, or never detach: pipeBytes "
                    + pipeBytes + ", readBytes " + readBytes + ", recordBytes " + recordBytes + ", writeBytes "
                    + writeBytes + ", flushBytes " + flushBytes + ", detachPolls " + detachPolls);
        }
    }

    public MemorySettings withPipeBytes(int bytes) {
        return new MemorySettings(bytes, readBytes, recordBytes, writeBytes, flushBytes, detachPolls);
    }

    public MemorySettings withReadBytes(int bytes) {
        return new MemorySettings(pipeBytes, bytes, recordBytes, writeBytes, flushBytes, detachPolls);
    }

    public MemorySettings withRecordBytes(int bytes) {
        return new MemorySettings(pipeBytes, readBytes, bytes, writeBytes, flushBytes, detachPolls);
    }

    public MemorySettings withWriteBytes(int bytes) {
        return new MemorySettings(pipeBytes, readBytes, recordBytes, bytes, flushBytes, detachPolls);
    }

    public MemorySettings withFlushBytes(int bytes) {
        return new MemorySettings(pipeBytes, readBytes, recordBytes, writeBytes, bytes, detachPolls);
    }

    public MemorySettings withDetachPolls(int polls) {
        return new MemorySettings(pipeBytes, readBytes, recordBytes, writeBytes, flushBytes, polls);
    }

    /** The most bytes that one read lends, whatever the buffer of its loop holds. */
    int lentBytes() {
        return holdsRecords() ? Math.min(readBytes, recordBytes) : readBytes;
    }

    boolean holdsRecords() {
        return recordBytes > 0;
    }

    boolean holdsOutput() {
        return flushBytes > 0;
    }
}
