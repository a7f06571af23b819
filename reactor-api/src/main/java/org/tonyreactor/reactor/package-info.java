/**
 * The reactor for code that is not a protocol: timers, ports to listen on, connections to open.
 *
 * <p>Threads: any thread may call this package; protocols built through it run on worker threads like all others. It
 * depends on {@code protocol}, {@code transport} and the JDK only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.reactor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
