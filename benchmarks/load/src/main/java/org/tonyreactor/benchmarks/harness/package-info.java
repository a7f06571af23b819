/**
 * What the programs of the benchmarks share: a child process, a loop for many connections, what the kernel tells, a
 * folder for one use, and a figure over several runs.
 *
 * <p>Threads: each class says its own. Depends on the JDK and on picocli, and on nothing of this project.
 */
@NullMarked
package org.tonyreactor.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
