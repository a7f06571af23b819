package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * The worker's end of the loopback channel: sends a token, slot index and generation, for each connection that has
 * ended. Each write wakes the acceptor, so tokens are collected while the worker is busy. If the channel is full,
 * tokens are kept until the wire is writable; the sender never blocks. Bound: a worker cannot keep more tokens than it
 * had connections.
 *
 * <p>Owner: the worker.
 */
public final class LoopbackSender implements Multiplexer.ReadyHandler {
    /** How many tokens are sent at once, also if the worker is busy. */
    public static final int TOKENS_PER_WRITE = 64;
    /** How many turns a token waits at most for others. */
    public static final int TURNS_PER_WRITE = 16;

    private static final Log LOG = Log.named("org.tonyreactor.loopback");
    private static final int BUFFER_TOKENS = 1024;

    private final Wire wire;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_TOKENS * Long.BYTES);
    /** A ring; as long as a power of two. */
    private long[] kept = new long[BUFFER_TOKENS];

    private int keptFrom;
    private int keptCount;
    private int turnsWaited;
    private boolean armed;

    public LoopbackSender(Wire wire, Multiplexer multiplexer) throws IOException {
        this.wire = wire;
        wire.attach(multiplexer, this);
    }

    /** Makes room for the tokens of so many connections that live, so that giving them back needs no memory. */
    public void reserve(int connections) {
        int needed = keptCount + connections;
        if (needed > kept.length) {
            long[] larger = new long[Integer.highestOneBit(needed) * 2];
            for (int i = 0; i < keptCount; i++) {
                larger[i] = kept[(keptFrom + i) & (kept.length - 1)];
            }
            kept = larger;
            keptFrom = 0;
        }
    }

    /** Keeps a token for the end of the turn. */
    public void giveBack(int index, int generation) {
        reserve(1);
        kept[(keptFrom + keptCount) & (kept.length - 1)] =
                (long) index << Integer.SIZE | Integer.toUnsignedLong(generation);
        keptCount++;
    }

    /** Sends no more: what is kept is forgotten. */
    void close() {
        keptCount = 0;
        buffer.clear();
        wire.closeSoon();
    }

    /**
     * Sends what is kept, as far as the channel takes it, when it is worth it. At the end of each turn.
     *
     * @param idle whether there was nothing to do in this turn, so that the worker is about to sleep
     * @return whether something is kept back, so that another turn has to follow without waiting
     */
    public boolean flush(boolean idle) {
        if (armed || (keptCount == 0 && buffer.position() == 0)) {
            return false;
        }
        if (!idle && keptCount < TOKENS_PER_WRITE && ++turnsWaited < TURNS_PER_WRITE) {
            return true;
        }
        send();
        return false;
    }

    @Override
    public void onReady(int readyOps) {
        send();
    }

    private void send() {
        turnsWaited = 0;
        try {
            boolean full = !wire.flush();
            while (!full && (keptCount > 0 || buffer.position() > 0)) { // Ends: each round sends, or finds it full.
                fill();
                buffer.flip();
                full = wire.write(buffer) == 0 || buffer.hasRemaining();
                buffer.compact();
            }
            arm(full || !wire.flush());
        } catch (IOException e) {
            // Only this engine has the other end: the engine is stopping, and its pool goes with it.
            LOG.debug("the loopback channel is closed, {} tokens are dropped", keptCount, e);
            keptCount = 0;
            buffer.clear();
        }
    }

    private void fill() {
        while (keptCount > 0 && buffer.remaining() >= Long.BYTES) {
            buffer.putLong(kept[keptFrom]);
            keptFrom = (keptFrom + 1) & (kept.length - 1);
            keptCount--;
        }
    }

    private void arm(boolean full) {
        if (armed != full) {
            armed = full;
            wire.interest(full ? Wire.WRITE : 0);
        }
    }

    @Override
    public String toString() {
        return "LoopbackSender" + Arrays.asList(wire, keptCount);
    }
}
