package org.tonyreactor.benchmarks.update;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.LoadLoop;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;
import org.tonyreactor.benchmarks.update.Load.WrongBytes;

/**
 * The peer of one ledger. It keeps the same ledger as the server does and verifies every byte of every reply: version,
 * number, checksum, filling. Its loop's thread only.
 */
abstract class LedgerPeer implements LoadLoop.Peer {
    private static final int PAYLOAD_MAX_BYTES = 128;

    /** A request whose reply is awaited: what the checksum must be, and the oldest version that may answer. */
    private record Asked(int checksum, int floorVersion) {}

    protected final LoadLoop loop;
    protected final Load load;
    protected final SocketChannel channel;

    private final Deque<Asked> asked = new ArrayDeque<>(2);
    private final CRC32 scratch = new CRC32();
    private long random;
    private int checksum;
    private long answered;
    private int version;
    private int fillingBytes;
    private int fillingIndex;
    private @Nullable ByteBuffer partialHead;
    private boolean over;

    LedgerPeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        this.loop = loop;
        this.load = load;
        this.channel = channel;
        random = 0x9E3779B97F4A7C15L + number * 0xD1342543DE82EF95L | 1;
    }

    /** A reply has come and is right. */
    abstract void replied(int version);

    /** The connection has ended in a way nobody wanted; it has been counted. */
    abstract void lost();

    @Override
    public void ready(SelectionKey key) {
        read();
    }

    /** Ends the connection as a peer does that has all it wants. */
    final void close() {
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }

    final boolean isOver() {
        return over;
    }

    /** Puts a request into the loop's buffer and into the ledger. */
    final void putRequest(byte verb, int argument, int floorVersion) {
        ByteBuffer out = loop.output;
        int payloadBytes = Math.floorMod(nextRandom(), PAYLOAD_MAX_BYTES);
        int start = out.position();
        out.putInt(LedgerFrames.REQUEST_HEAD_BYTES + payloadBytes).put(verb).putInt(argument);
        for (int i = 0; i < payloadBytes; i++) {
            out.put((byte) nextRandom());
        }
        checksum = LedgerFrames.checksum(scratch, checksum, out.slice(start, out.position() - start));
        asked.add(new Asked(checksum, floorVersion));
    }

    final void ask(byte verb, int argument, int floorVersion) {
        loop.output.clear();
        putRequest(verb, argument, floorVersion);
        send(loop.output.flip());
    }

    /** Asks for a reply; not from a version that has gone. */
    final void ask() {
        ask(LedgerFrames.ASK, 0, load.settled());
    }

    /** Sends bytes, which are few enough for any socket's buffer. */
    final void send(ByteBuffer bytes) {
        try {
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                throw new IOException("the socket takes no more than all but " + bytes.remaining() + " bytes");
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    final void read() {
        ByteBuffer in = loop.input.clear();
        try {
            if (channel.read(in) < 0) {
                throw new EOFException("the server has closed; replies so far: " + answered);
            }
            verify(in.flip());
        } catch (IOException e) {
            broken(e);
        }
    }

    final void broken(IOException e) {
        if (!over) {
            load.broken(getClass().getSimpleName(), e);
            close();
            lost();
        }
    }

    /** A reply that nobody asked for at this moment: what its checksum must be. Most peers get none. */
    int unaskedChecksum() throws WrongBytes {
        throw new WrongBytes("a reply to nothing, after " + answered);
    }

    final int lastChecksum() {
        return checksum;
    }

    private void verify(ByteBuffer in) throws WrongBytes {
        while (in.hasRemaining() && !over) {
            if (fillingIndex < fillingBytes) {
                verifyFilling(in);
            } else if (partialHead == null && in.remaining() >= LedgerFrames.REPLY_HEAD_BYTES) {
                verifyHead(in);
            } else {
                collectHead(in);
            }
        }
    }

    private void collectHead(ByteBuffer in) throws WrongBytes {
        if (partialHead == null) {
            partialHead = ByteBuffer.allocate(LedgerFrames.REPLY_HEAD_BYTES);
        }
        while (partialHead.hasRemaining() && in.hasRemaining()) {
            partialHead.put(in.get());
        }
        if (!partialHead.hasRemaining()) {
            ByteBuffer head = partialHead.flip();
            partialHead = null;
            verifyHead(head);
        }
    }

    private void verifyHead(ByteBuffer head) throws WrongBytes {
        int replyVersion = head.getInt();
        long number = head.getLong();
        int replyChecksum = head.getInt();
        fillingBytes = head.getInt();
        fillingIndex = 0;
        Asked request = asked.poll();
        int expectedChecksum = request == null ? unaskedChecksum() : request.checksum;
        int floorVersion = request == null ? version : Math.max(version, request.floorVersion);
        if (number != answered + 1) {
            throw new WrongBytes("reply " + number + " after reply " + answered);
        }
        if (replyChecksum != expectedChecksum) {
            throw new WrongBytes("the checksum of reply " + number);
        }
        if (replyVersion < floorVersion || replyVersion > load.newest()) {
            throw new WrongBytes("reply " + number + " from version " + replyVersion + ", expected " + floorVersion
                    + " to " + load.newest());
        }
        answered = number;
        version = replyVersion;
        load.replies.increment();
        if (fillingBytes == 0) {
            replied(version);
        }
    }

    private void verifyFilling(ByteBuffer in) throws WrongBytes {
        while (in.hasRemaining() && fillingIndex < fillingBytes) {
            if (in.get() != LedgerFrames.filling(answered, fillingIndex)) {
                throw new WrongBytes("byte " + fillingIndex + " of the filling of reply " + answered);
            }
            fillingIndex++;
        }
        if (fillingIndex == fillingBytes) {
            replied(version);
        }
    }

    /** An xorshift: cheap, and the same in every run. */
    private long nextRandom() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }
}
