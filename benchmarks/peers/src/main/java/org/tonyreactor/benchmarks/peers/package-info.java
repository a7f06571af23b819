/**
 * Echo servers to compare with, each a process of its own.
 */
@NullMarked
package org.tonyreactor.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
