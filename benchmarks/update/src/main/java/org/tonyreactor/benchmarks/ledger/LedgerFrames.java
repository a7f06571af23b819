package org.tonyreactor.benchmarks.ledger;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * What goes over the wire. A request is its length in bytes (int), a verb (byte), an argument (int) and any bytes up to
 * its length. A reply is the version that answers (int), its number on this connection from 1 (long), the checksum (int)
 * and how many bytes of filling follow (int).
 */
public final class LedgerFrames {
    /** The shortest request. */
    public static final int REQUEST_HEAD_BYTES = 9;
    /** The longest request. */
    public static final int REQUEST_MAX_BYTES = 1024;
    /** A reply without its filling. */
    public static final int REPLY_HEAD_BYTES = 20;

    /** Answer. */
    public static final byte ASK = 1;
    /** Answer with as many bytes of filling as the argument says. */
    public static final byte FILL = 2;
    /** Answer, and read no more until another version has taken over. */
    public static final byte PAUSE = 3;
    /** Answer, and after the peer's FIN send a reply every so many milliseconds as the argument says. */
    public static final byte TICK = 4;

    private LedgerFrames() {}

    /**
     * The checksum after a frame: over the checksum before it and the bytes of the frame. In this form it can be carried
     * on by another version from four bytes.
     *
     * @param scratch any CRC32 of the calling thread
     * @param before the checksum before the frame; 0 at first
     * @param frame the whole request, position to limit; its position is not changed
     * @return the checksum after the frame
     */
    public static int checksum(CRC32 scratch, int before, ByteBuffer frame) {
        scratch.reset();
        scratch.update(before >>> 24);
        scratch.update(before >>> 16);
        scratch.update(before >>> 8);
        scratch.update(before);
        int position = frame.position();
        scratch.update(frame);
        frame.position(position);
        return (int) scratch.getValue();
    }

    /**
     * The filling of a reply.
     *
     * @param number the number of the reply
     * @param index which byte of the filling, from 0
     * @return the byte
     */
    public static byte filling(long number, int index) {
        return (byte) (number * 31 + index * 7L + (index >>> 8));
    }
}
