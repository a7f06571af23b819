/**
 * The proof that updates of a protocol bundle under load lose nothing. The driver ({@code UpdateProof}) runs peers on a
 * few selector threads of its own and the server ({@code ServerUnderTest}) in a child process; the two talk over the
 * child's standard input and output, one line a command.
 *
 * <p>Threads: what belongs to a {@code LoadLoop} is touched by its thread only, and is mailed to it; counters and
 * countdowns are for all. In the server the main thread takes the commands. Depends on the ledger's frames, a framework,
 * bnd and the JDK; never on the engine, which is in the server's framework only.
 */
@NullMarked
package org.tonyreactor.benchmarks.update;

import org.jspecify.annotations.NullMarked;
