package org.tonyreactor.internal.engine.connection;

import java.net.SocketAddress;
import org.tonyreactor.transport.Peer;

/** The addresses of a connection, read once when it is made. */
public record ConnectedPeer(SocketAddress remoteAddress, SocketAddress localAddress) implements Peer {}
