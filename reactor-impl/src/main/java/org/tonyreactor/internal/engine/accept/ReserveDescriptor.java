package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.FailureWatch;
import org.tonyreactor.internal.engine.binding.ProtocolPool;
import org.tonyreactor.internal.engine.connection.ByteStream;
import org.tonyreactor.internal.engine.connection.ConnectedPeer;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.Drain;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.connection.HandOver;
import org.tonyreactor.internal.engine.connection.LeasedTransport;
import org.tonyreactor.internal.engine.connection.PendingOutput;
import org.tonyreactor.internal.engine.connection.Phase;
import org.tonyreactor.internal.engine.connection.ServedStream;
import org.tonyreactor.internal.engine.connection.Slot;
import org.tonyreactor.internal.engine.connection.UnreadInput;
import org.tonyreactor.internal.engine.loop.CallbackLog;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.loop.TimerGroup;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.protocol.Reusable;
import org.tonyreactor.transport.CloseReason;

/**
 * A descriptor kept for the time when there are none left: giving it up lets one waiting peer be accepted, only to be
 * told at once that there is no room, instead of waiting for an answer that does not come. Owner: the acceptor.
 */
final class ReserveDescriptor {
    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.acceptor");

    /**
     * What a connection needs, even the first one, which may have waited for its factory until there were no descriptors
     * left. Loading a class may take a descriptor, and a class that could not be loaded once stays lost: without these no
     * connection could be served or end, so that no descriptor would ever come back.
     */
    private static final List<Class<?>> LOADED_BEFOREHAND = List.of(
            Protocol.class,
            Resumable.class,
            Reusable.class,
            CloseReason.class,
            CloseReason.Kind.class,
            Slot.class,
            Phase.class,
            ByteStream.class,
            ServedStream.class,
            Connection.class,
            ConnectedPeer.class,
            LeasedTransport.class,
            Inbox.class,
            ProtocolPool.class,
            PendingOutput.class,
            UnreadInput.class,
            TimerGroup.class,
            Timer.class,
            HandOver.class,
            Drain.class,
            DrainRequest.class,
            FailureWatch.class,
            CallbackLog.class);

    private @Nullable SocketChannel reserve;

    ReserveDescriptor() {
        LOADED_BEFOREHAND.forEach(ReserveDescriptor::load);
        retake();
        // Once around, so that nothing has to be loaded when no file can be opened any more.
        release();
        retake();
    }

    /** Accepts one peer with the reserve and closes it. Returns whether there was one. */
    boolean refuseOne(ServerSocketChannel listener) {
        release();
        try (SocketChannel refused = listener.accept()) {
            return refused != null;
        } catch (IOException e) {
            return false; // Another thread was quicker to take the descriptor.
        } finally {
            retake();
        }
    }

    /** Takes the reserve again if it was lost to somebody else in the process, before a peer gets the descriptor. */
    void restore() {
        if (reserve == null) {
            retake();
        }
    }

    void close() {
        release();
    }

    private static void load(Class<?> type) {
        try {
            for (Class<?> member : type.getNestMembers()) { // It needs what is nested in it, too.
                Class.forName(member.getName(), true, member.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(type + " is there and cannot be found", e);
        }
    }

    private void release() {
        SocketChannel held = reserve;
        reserve = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the reserve descriptor failed", e);
        }
    }

    private void retake() {
        try {
            reserve = SocketChannel.open();
        } catch (IOException e) {
            LOG.debug("there is no descriptor to keep in reserve", e);
        }
    }
}
