/**
 * Wires between two ends in one virtual machine, without sockets and without threads: what the engine is tested and
 * rehearsed on. They behave as TCP does, and badly on demand.
 *
 * <p><b>Thread.</b> One thread steps everything: the loops of all multiplexers of a network. A poll never waits.
 *
 * <p><b>May not know</b> anything of the engine but the seam that it implements.
 */
@NullMarked
package org.tonyreactor.internal.engine.wire.memory;

import org.jspecify.annotations.NullMarked;
