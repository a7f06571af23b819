/**
 * Servers side by side: starts each in a process of its own, lets the load generator at it, reads what it cost from
 * outside, and makes a report of it. In the middle stands a file, {@code rounds.csv}: measuring writes it, the report is
 * made from it alone, so that a report can be made again.
 *
 * <p>How it is fair: under load all servers of a work run at once, warmed up, and have short windows in turn, in a shuffled
 * order, so that the machine's changes of speed meet all of them; ratios are taken within such a round. Each work has
 * processes of its own, so that no server profits from, or suffers of, what its JIT compiler learned in another work.
 * What is measured of idle servers and of starts has one server running at a time.
 *
 * <p>Threads: the main thread measures; one daemon a process reads its output. Depends on the peers and on the
 * harness; the server under test is on no class path of it.
 */
@NullMarked
package org.tonyreactor.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
