/**
 * The ways in which a {@link org.tonyreactor.protocol.ProtocolFactory} service says where and how it is served:
 * property names, and annotations that write them.
 *
 * <p>No code of this package runs: bnd reads the annotations when a protocol bundle is built. The constants name the
 * engine's capability, its configuration and its service properties.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.whiteboard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
