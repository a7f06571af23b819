package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.tonyreactor.internal.engine.loop.LoopMemory;

/**
 * What is written to a group: one copy of the bytes, which all workers and all members share. In the engine's memory they
 * count for each worker of which a member keeps them. Any thread.
 */
public final class GroupWrite {
    /** The id of no connection. */
    public static final long NOBODY = 0;

    private final ByteBuffer bytes;
    private final long exceptId;
    private final boolean skipsUnwritable;
    private final LongAdder skipped;

    /**
     * Takes all bytes of a buffer, as a copy.
     *
     * @param exceptId the id of the connection that does not get it, or {@link #NOBODY}
     * @param skipped counts the members that are passed over
     */
    public GroupWrite(ByteBuffer data, long exceptId, boolean skipsUnwritable, LongAdder skipped) {
        this.bytes = ByteBuffer.allocate(data.remaining()).put(data).flip();
        this.exceptId = exceptId;
        this.skipsUnwritable = skipsUnwritable;
        this.skipped = skipped;
    }

    int bytes() {
        return bytes.remaining();
    }

    /** The bytes, for the members of one worker. */
    SharedBytes shared(LoopMemory memory) {
        return new SharedBytes(bytes, memory);
    }

    long exceptId() {
        return exceptId;
    }

    boolean skipsUnwritable() {
        return skipsUnwritable;
    }

    void skip(int members) {
        skipped.add(members);
    }
}
