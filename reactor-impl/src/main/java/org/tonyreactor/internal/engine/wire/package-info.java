/**
 * The seam between the engine and the system: how to wait for many channels.
 *
 * <p><b>Thread.</b> The loop that a multiplexer serves; {@code wakeup} is for any thread.
 *
 * <p><b>May not know</b> anything of the engine.
 */
@NullMarked
package org.tonyreactor.internal.engine.wire;

import org.jspecify.annotations.NullMarked;
