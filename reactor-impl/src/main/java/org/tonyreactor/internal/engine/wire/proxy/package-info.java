/**
 * The PROXY protocol: the header that a load balancer sends in front of the bytes of a client, so that the server learns
 * the client's address (ADR 31).
 *
 * <p><b>Contract.</b> A {@code ProxyHeader} is read from bytes and written to bytes, in the versions 1 and 2. A {@code
 * ProxiedWire} is a wire over another one: it is connected when it has read a header, and has the addresses of that. A
 * {@code HeaderFirstWire} sends a header before anything else.
 *
 * <p><b>Thread.</b> The loop to which a wire is attached; the headers are immutable.
 *
 * <p><b>May not know</b> anything of the engine.
 */
@NullMarked
package org.tonyreactor.internal.engine.wire.proxy;

import org.jspecify.annotations.NullMarked;
