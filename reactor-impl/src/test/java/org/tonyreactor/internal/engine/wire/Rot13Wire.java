package org.tonyreactor.internal.engine.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A wire over another one that turns letters by 13 places: what is sent, and back what comes. It lends no more than a few
 * bytes at a time of what it was given to begin with.
 */
public final class Rot13Wire implements WireDecorator {
    private static final int MAX_BYTES = 1 << 14;
    private static final int BEGINNING_BYTES = 2;

    private final Wire below;
    /** What was read before this wire was there. */
    private final ByteBuffer beginning;

    private ByteBuffer lent = ByteBuffer.allocate(MAX_BYTES);
    /** What was taken, and what the wire below has not taken of it yet. */
    private final ByteBuffer unsent = ByteBuffer.allocate(MAX_BYTES).limit(0);

    public Rot13Wire(Wire below, ByteBuffer unread) {
        this.below = below;
        this.beginning =
                ByteBuffer.allocate(unread.remaining()).put(unread.duplicate()).flip();
    }

    private static byte turn(byte letter) {
        int base = letter >= 'a' && letter <= 'z' ? 'a' : letter >= 'A' && letter <= 'Z' ? 'A' : -1;
        return base < 0 ? letter : (byte) (base + (letter - base + 13) % 26);
    }

    public static String turn(String text) {
        StringBuilder turned = new StringBuilder();
        text.chars().forEach(letter -> turned.append((char) turn((byte) letter)));
        return turned.toString();
    }

    @Override
    public Wire below() {
        return below;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        if (beginning.hasRemaining()) {
            int count = Math.min(BEGINNING_BYTES, beginning.remaining());
            ByteBuffer part = beginning.slice(beginning.position(), count);
            beginning.position(beginning.position() + count);
            return turned(part);
        }
        ByteBuffer read = below.read();
        return read == null || Wire.isEnd(read) ? read : turned(read);
    }

    private ByteBuffer turned(ByteBuffer bytes) {
        if (lent.capacity() < bytes.remaining()) {
            lent = ByteBuffer.allocate(bytes.remaining());
        }
        lent.clear();
        while (bytes.hasRemaining()) {
            lent.put(turn(bytes.get()));
        }
        return lent.flip();
    }

    @Override
    public boolean hasMore() {
        return beginning.hasRemaining() || below.hasMore();
    }

    @Override
    public int write(ByteBuffer part) throws IOException {
        unsent.compact();
        int taken = Math.min(part.remaining(), unsent.remaining());
        for (int i = 0; i < taken; i++) {
            unsent.put(turn(part.get()));
        }
        unsent.flip();
        flush();
        return taken;
    }

    @Override
    public long write(ByteBuffer[] parts, int from, int count) throws IOException {
        long taken = 0;
        for (int i = from; i < from + count; i++) {
            taken += write(parts[i]);
        }
        return taken;
    }

    @Override
    public long writeFile(FileChannel file, long position, long count) throws IOException {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(count, MAX_BYTES - unsent.remaining()));
        file.read(part, position);
        return write(part.flip());
    }

    @Override
    public long unsentBytes() {
        return unsent.remaining() + below.unsentBytes();
    }

    @Override
    public boolean flush() throws IOException {
        boolean sent = below.flush();
        if (unsent.hasRemaining()) {
            below.write(unsent);
            sent = below.flush();
        }
        return sent && !unsent.hasRemaining();
    }
}
