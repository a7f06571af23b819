package org.tonyreactor.internal.engine.accept;

import java.util.List;
import org.tonyreactor.internal.engine.binding.FailureWatch;
import org.tonyreactor.internal.engine.binding.ProtocolPool;
import org.tonyreactor.internal.engine.connection.ByteStream;
import org.tonyreactor.internal.engine.connection.ConnectedPeer;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.Drain;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.connection.HandOver;
import org.tonyreactor.internal.engine.connection.LeasedTransport;
import org.tonyreactor.internal.engine.connection.Origin;
import org.tonyreactor.internal.engine.connection.PendingOutput;
import org.tonyreactor.internal.engine.connection.Phase;
import org.tonyreactor.internal.engine.connection.ServedStream;
import org.tonyreactor.internal.engine.connection.Slot;
import org.tonyreactor.internal.engine.connection.TimeLimit;
import org.tonyreactor.internal.engine.connection.UnreadInput;
import org.tonyreactor.internal.engine.loop.CallbackLog;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.loop.TimerGroup;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.protocol.Reusable;
import org.tonyreactor.transport.CloseReason;

/** Classes that are loaded before the first connection. */
final class LoadedBeforehand {
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
            Origin.class,
            TimeLimit.class,
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

    private LoadedBeforehand() {}

    static void load() {
        LOADED_BEFOREHAND.forEach(LoadedBeforehand::load);
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
}
