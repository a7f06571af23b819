/**
 * Snapshots of the engine, its endpoints and its workers as data transfer objects (OSGi Core, chapter 52).
 *
 * <p>Threads: a DTO belongs to its caller. It is a copy, and the engine does not change it any more.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.runtime.dto;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
