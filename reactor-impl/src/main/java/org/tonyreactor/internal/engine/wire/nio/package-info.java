/**
 * Wires over {@code java.nio}: the only package that opens selectors.
 *
 * <p><b>Thread.</b> The loop that a multiplexer serves.
 *
 * <p><b>May not know</b> anything of the engine except the seam that it implements.
 */
@NullMarked
package org.tonyreactor.internal.engine.wire.nio;

import org.jspecify.annotations.NullMarked;
