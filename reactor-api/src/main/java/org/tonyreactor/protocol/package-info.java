/**
 * The types that a user of the reactor extends: {@link org.tonyreactor.protocol.Protocol} and its factory.
 *
 * <p>Threads: every callback of one connection runs on the worker thread that owns the connection, never two at once.
 * The protocol owns its own fields and needs no locks for them. This package may depend on {@code transport} and the
 * JDK only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
