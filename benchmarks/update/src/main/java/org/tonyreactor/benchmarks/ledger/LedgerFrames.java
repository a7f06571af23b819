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
     * The frame is the whole request, position to limit; its position is not changed.
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

    /** A byte, counted from 0, of the filling of the reply of this number. */
    public static byte filling(long number, int index) {
        return (byte) (number * 31 + index * 7L + (index >>> 8));
    }
}
