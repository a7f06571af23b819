/**
 * Parts of the engine measured one by one, beside what others offer for the same work. The classes are in the engine's
 * own package, so that what is private to it can be measured as it is; nothing of it is in a bundle.
 *
 * <p>Thread: the one that JMH runs a benchmark on owns the loop it measures, which is stepped; where a benchmark has a
 * second loop on a thread of its own, it says so. May depend on everything, and nothing depends on it.
 */
@NullMarked
package org.tonyreactor.internal.engine;

import org.jspecify.annotations.NullMarked;
