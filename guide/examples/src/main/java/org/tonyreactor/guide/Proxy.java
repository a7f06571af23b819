package org.tonyreactor.guide;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.Transport;

/** Passes bytes on between its peers and a server. */
final class Proxy implements ProtocolFactory {
    private static final ConnectSettings SETTINGS =
            ConnectSettings.DEFAULTS.withName("upstream").withTimeoutMillis(5_000);

    private final Reactor reactor;
    private final SocketAddress server;

    Proxy(Reactor reactor, SocketAddress server) {
        this.reactor = reactor;
        this.server = server;
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Front();
    }

    /** The side of the peer: reads nothing until the server is there. */
    private final class Front extends Side {
        @Override
        public void connectionMade() {
            transport().pauseReading();
            reactor.connect(server, SETTINGS, peer -> new Back(this))
                    .connected()
                    .whenComplete((made, failure) -> {
                        if (failure != null) {
                            abortConnection();
                        }
                    });
        }
    }

    /** The side of the server. */
    private static final class Back extends Side {
        private final Side front;

        Back(Side front) {
            this.front = front;
        }

        @Override
        public void connectionMade() {
            join(front.transport());
            front.transport().execute(() -> front.join(transport()));
        }
    }

    private abstract static class Side extends Protocol {
        private @Nullable Transport other;

        final void join(Transport joined) {
            other = joined;
            transport().resumeReading();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            Transport to = other;
            if (to == null) {
                return; // Left unread: it is presented again.
            }
            to.write(data);
            if (!to.isWritable()) {
                transport().pauseReading();
                if (to.isWritable()) { // It may have become so in between.
                    transport().resumeReading();
                }
            }
        }

        @Override
        public void outputReady() {
            Transport from = other;
            if (from != null) {
                from.resumeReading();
            }
        }

        @Override
        public void inputEnded(ByteBuffer rest) {
            Transport to = other;
            if (to != null) {
                to.shutdownOutput(); // The other direction goes on.
            }
        }

        @Override
        public void connectionLost(CloseReason reason) {
            Transport to = other;
            if (to != null) {
                to.close();
            }
        }
    }
}
