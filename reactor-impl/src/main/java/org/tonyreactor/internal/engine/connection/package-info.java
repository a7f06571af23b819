/**
 * The life of a slot on its worker: bytes, protocol, hand-over, drain, and the token out.
 *
 * <p><b>Thread.</b> The worker that has adopted the connection. {@code WorkerProxy} is the door to a worker,
 * {@code LeasedTransport} the door to a connection.
 *
 * <p><b>Owner</b> of the connections that a worker has adopted, their protocols, timers, pending output and unread input.
 *
 * <p><b>May not know</b> who accepts, addresses and their ranking, or what carries the bytes of its wire.
 */
@NullMarked
package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.NullMarked;
