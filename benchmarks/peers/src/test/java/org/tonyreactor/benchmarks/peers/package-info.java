/** Each peer as a process, spoken to through sockets. */
@NullMarked
package org.tonyreactor.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
