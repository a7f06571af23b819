/**
 * Wires between two ends in one virtual machine, without sockets and without threads. Tests and rehearsals of the
 * engine run on them. They behave as TCP does, and badly on demand.
 *
 * <p><b>Thread.</b> One thread steps everything: the loops of all multiplexers of a network. A poll never waits.
 *
 * <p><b>May not know</b> anything of the engine except the seam that it implements.
 */
@NullMarked
package org.tonyreactor.internal.engine.wire.memory;

import org.jspecify.annotations.NullMarked;
