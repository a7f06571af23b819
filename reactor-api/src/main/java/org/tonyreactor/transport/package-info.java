/**
 * The types that the engine gives a protocol: the {@link org.tonyreactor.transport.Transport} of one connection, its
 * {@link org.tonyreactor.transport.Peer} and its timers.
 *
 * <p>Threads: any thread may call this package; a call takes effect on the worker thread of the connection.
 * The engine implements this package; users only call it. It depends on the JDK only, and not on {@code protocol}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
