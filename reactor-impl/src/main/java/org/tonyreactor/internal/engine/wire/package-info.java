/**
 * Bytes to and from a peer, over any carrier: the seam between the engine and the system (ADR 18).
 *
 * <p><b>Contract.</b> A {@code Network} makes wires: accepted, connected, or in pairs. A {@code Wire} lends the bytes
 * that it reads, takes the bytes that it can take now, and never blocks. A {@code Multiplexer} waits for the wires of
 * one loop. {@code nio} works over sockets, {@code memory} inside one virtual machine; {@code WireDecorator} is a wire
 * over another one.
 *
 * <p><b>Thread.</b> The loop to which a wire is attached; a network and {@code wakeup} are for any thread.
 *
 * <p><b>May not know</b> anything of the engine.
 */
@NullMarked
package org.tonyreactor.internal.engine.wire;

import org.jspecify.annotations.NullMarked;
