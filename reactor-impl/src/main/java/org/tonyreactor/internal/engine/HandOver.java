package org.tonyreactor.internal.engine;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.transport.Peer;

/**
 * One connection on its way from one binding to another: where it goes, and the state of its protocol once the old one
 * has given it away. Without a factory at its destination it waits there. Owner: the worker.
 */
final class HandOver {
    private FactoryBinding heir;
    private byte @Nullable [] state;
    private @Nullable Peer peer;

    HandOver(FactoryBinding heir) {
        this.heir = heir;
    }

    FactoryBinding heir() {
        return heir;
    }

    void redirect(FactoryBinding to) {
        heir = to;
    }

    /** Copies the state: nothing of the old bundle is kept. */
    void keep(@Nullable ByteBuffer given) {
        if (given == null) {
            throw new IllegalStateException("suspend returned null instead of the state");
        }
        if (given.remaining() > Resumable.MAX_STATE_BYTES) {
            throw new IllegalStateException("suspend returned " + given.remaining() + " bytes of state, more than "
                    + Resumable.MAX_STATE_BYTES);
        }
        byte[] copy = new byte[given.remaining()];
        given.get(copy);
        state = copy;
    }

    void peer(Peer connected) {
        peer = connected;
    }

    /** Who is at the other end. Once suspended. */
    Peer peer() {
        return Objects.requireNonNull(peer, "not suspended yet");
    }

    @Nullable
    Peer peerOrNull() {
        return peer;
    }

    ByteBuffer state() {
        byte[] kept = state;
        return kept == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(kept);
    }
}
