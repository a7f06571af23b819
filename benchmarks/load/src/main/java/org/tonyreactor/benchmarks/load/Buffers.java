package org.tonyreactor.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * What a run sends from and receives into. One run at a time has it; the next one takes it over, since memory outside of the
 * heap is freed late.
 *
 * @param payload what is said
 * @param received room for what one read brings
 */
record Buffers(Payload payload, ByteBuffer received) {
    private static final int RECEIVED_BYTES = 262_144;

    Buffers() {
        this(new Payload(), ByteBuffer.allocateDirect(RECEIVED_BYTES));
    }
}
