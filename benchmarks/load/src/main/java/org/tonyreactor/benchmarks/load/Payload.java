package org.tonyreactor.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The bytes that all connections say: one random pattern, prepared once, that each connection reads round and round from a
 * place of its own. So nothing is made or copied for a message, and what comes back is compared where it lies.
 *
 * <p>The pattern's length is prime: a connection says the same message again only after that many others, whatever their
 * size, and no two connections are at the same place after the same number of messages. A byte too many or too few shifts
 * all that follows, and is seen at the next byte that differs.
 */
final class Payload {
    /** A message is shorter than the pattern, else it would contain itself. */
    static final int LONGEST_MESSAGE_BYTES = 262_138;

    private static final int PERIOD_BYTES = LONGEST_MESSAGE_BYTES + 1;
    /** The pattern's beginning is repeated behind its end, so that a piece of this length is in one piece anywhere. */
    private static final int OVERLAP_BYTES = 65_536;
    /** Any number that the period does not divide gives each connection its own place. */
    private static final long STRIDE_BYTES = 100_003;

    private final ByteBuffer pattern = ByteBuffer.allocateDirect(PERIOD_BYTES + OVERLAP_BYTES);

    Payload() {
        byte[] bytes = new byte[PERIOD_BYTES];
        new SplittableRandom(1).nextBytes(bytes);
        pattern.put(bytes).put(bytes, 0, OVERLAP_BYTES);
    }

    /** Where a connection begins. */
    static long begin(int connection) {
        return connection * STRIDE_BYTES % PERIOD_BYTES;
    }

    /** The bytes from a position on, at most so many and at least one. Valid until the next call. */
    ByteBuffer from(long position, long mostBytes) {
        int start = (int) (position % PERIOD_BYTES);
        pattern.limit(start + (int) Math.min(mostBytes, pattern.capacity() - start))
                .position(start);
        return pattern;
    }
}
