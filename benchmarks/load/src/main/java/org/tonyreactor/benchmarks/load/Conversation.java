package org.tonyreactor.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/**
 * One connection at a time, and the count of what was said on it: since the bytes are the payload's, counts are all there
 * is to remember. When the connection is made anew the counts go on, so that no two connections say the same.
 *
 * <p>A failure ends the conversation and is told to the others; nothing is thrown.
 */
final class Conversation implements LoadLoop.Peer {
    final int index;

    private final Conversations all;
    private final long begin;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean ending;
    private long saidBytes;
    private long sentBytes;
    private long heardBytes;
    private long heardMessages;

    Conversation(Conversations all, int index) {
        this.all = all;
        this.index = index;
        begin = Payload.begin(index);
    }

    /** Connects; what is said before the connection is made waits for it. */
    void dial(InetSocketAddress source, InetSocketAddress server) {
        try {
            channel = SocketChannel.open(StandardProtocolFamily.INET);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(source);
            // The kernel has often answered for a server of the same machine before connect returns, so the second
            // question spares a turn.
            boolean connected = channel.connect(server) || channel.finishConnect();
            key = channel.register(
                    all.loop.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            fail(e);
        }
    }

    boolean isConnected() {
        return channel != null && channel.isConnected();
    }

    /** Whether it has not ended yet. */
    boolean isOpen() {
        return channel != null;
    }

    /** Whether all that was said has come back. */
    boolean isQuiet() {
        return heardBytes == saidBytes;
    }

    long missingBytes() {
        return saidBytes - heardBytes;
    }

    void say(long bytes) {
        saidBytes += bytes;
        try {
            if (channel != null && channel.isConnected() && sentBytes + bytes == saidBytes) {
                send(channel);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Tells the server that no more will come; from now on only the end of its answers is expected. */
    void end() {
        try {
            if (channel != null) {
                ending = true;
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Closes the connection; another may be dialled. */
    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            all.failed(this, e);
        }
        channel = null;
        key = null;
    }

    void fail(IOException cause) {
        close();
        all.failed(this, cause);
    }

    @Override
    public void ready(SelectionKey readyKey) {
        SocketChannel ready = channel;
        if (ready == null || !readyKey.isValid()) {
            return;
        }
        try {
            if (readyKey.isReadable()) {
                hear(ready);
            } else if (!readyKey.isConnectable() || ready.finishConnect()) {
                readyKey.interestOps(SelectionKey.OP_READ);
                send(ready);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void send(SocketChannel to) throws IOException {
        while (sentBytes < saidBytes) {
            ByteBuffer next = all.payload.from(begin + sentBytes, saidBytes - sentBytes);
            sentBytes += to.write(next);
            if (next.hasRemaining()) {
                if (key != null) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                }
                return;
            }
        }
    }

    private void hear(SocketChannel from) throws IOException {
        ByteBuffer received = all.loop.input.clear();
        int count = from.read(received);
        if (count < 0) {
            if (!ending) {
                throw new EOFException("the server closed it with " + missingBytes() + " bytes still to come");
            }
            close();
            return;
        }
        verify(received.flip());
        long messages = heardBytes / all.sizeBytes;
        long first = heardMessages;
        heardMessages = messages;
        all.heard(this, first, messages);
    }

    private void verify(ByteBuffer received) throws IOException {
        if (heardBytes + received.remaining() > sentBytes) {
            throw new IOException("more came back than was sent: byte " + sentBytes);
        }
        while (received.hasRemaining()) {
            ByteBuffer expected = all.payload.from(begin + heardBytes, received.remaining());
            int length = expected.remaining();
            int wrong = received.mismatch(expected);
            if (wrong >= 0 && wrong < length) {
                throw new IOException("came back wrong: byte " + (heardBytes + wrong));
            }
            heardBytes += length;
            received.position(received.position() + length);
        }
    }
}
