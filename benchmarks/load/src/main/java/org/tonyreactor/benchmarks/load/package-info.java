/**
 * The load generator: a process that talks to an echo server on the loopback address, compares every byte that comes
 * back, and says how long it took. It knows nothing of the server but its port.
 *
 * <p>Threads: one, which owns everything; a second core would be the server's. Depends on the JDK and on HdrHistogram only.
 */
@NullMarked
package org.tonyreactor.benchmarks.load;

import org.jspecify.annotations.NullMarked;
