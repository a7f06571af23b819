/**
 * What the engine reports about itself: {@link org.tonyreactor.runtime.ReactorRuntime}.
 *
 * <p>Threads: any. The engine implements this package; users only call it.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.runtime;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
