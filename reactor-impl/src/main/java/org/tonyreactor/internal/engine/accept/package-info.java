/**
 * Addresses: ranking, holding, listening, accepting, assigning to workers, and tokens that come back.
 *
 * <p><b>Thread.</b> The acceptor's only. {@code AcceptorProxy} is the entry for every other thread; any thread may read
 * published figures.
 *
 * <p><b>Owner</b> of the connection pool, the loads of the workers and every bound address.
 *
 * <p><b>May not know</b> the engine above it, nor the bytes of a connection.
 */
@NullMarked
package org.tonyreactor.internal.engine.accept;

import org.jspecify.annotations.NullMarked;
