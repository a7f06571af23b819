/**
 * The life of a slot on its worker: bytes, protocol, hand-over, drain, and sending the token.
 *
 * <p><b>Thread.</b> The worker that has adopted the connection. {@code WorkerProxy} is the entry to a worker,
 * {@code LeasedTransport} the entry to a connection.
 *
 * <p><b>Owner</b> of the connections that a worker has adopted, their protocols, timers, pending output and unread input.
 *
 * <p><b>May not know</b> the acceptor, the addresses and their ranking, or the carrier of its wire's bytes.
 */
@NullMarked
package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.NullMarked;
