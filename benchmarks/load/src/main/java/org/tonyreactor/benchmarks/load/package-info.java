/**
 * The load generator: a process that talks to an echo server on 127.0.0.1, compares every byte that comes back, and says
 * how long it took. It knows nothing of the server but its port. {@code java -Xms256m -Xmx256m -jar load.jar --port N}
 * with the server and it on different cores; {@code LoadOptions} lists the rest.
 *
 * <p>A {@code Work} decides what is said and when, a {@code Conversation} is one connection and its counts, the
 * {@code Payload} is what all of them say, the {@code Window} is what is measured.
 *
 * <p>Threads: one, which owns everything; the other core is the server's. Depends on the harness, the JDK and
 * HdrHistogram.
 * Why it is made of plain selectors, and how far it may be trusted not to be the bottleneck, is in ADR 14.
 */
@NullMarked
package org.tonyreactor.benchmarks.load;

import org.jspecify.annotations.NullMarked;
