/**
 * Starts a Felix framework with the engine, the sample protocol and what serves them, and stops it in order.
 *
 * <p>Threads: the main thread starts the framework and waits for its end; {@code tonyreactor-stop} is the shutdown hook
 * that stops it and ends the process; {@code tonyreactor-deploy} looks at the files in {@code deploy/}, and
 * {@code tonyreactor-deploy: …} are those that run what may call code of their bundles, one at a time for each bundle;
 * {@code tonyreactor-old-cache} deletes the cache of the last start. Everything else runs in the bundles.
 *
 * <p>State: a {@code Home} belongs to one process at a time, which the lock in its {@code cache/} keeps; the cache is
 * built anew at each start, so that {@code bundles/}, {@code deploy/} and {@code conf/} are all that counts.
 *
 * <p>May depend on the JDK and the embedded framework only. The bundles' classes, the API among them, are never on the
 * launcher's class path: their services are called by name through {@code ForeignService}.
 */
@NullMarked
package org.tonyreactor.launcher;

import org.jspecify.annotations.NullMarked;
