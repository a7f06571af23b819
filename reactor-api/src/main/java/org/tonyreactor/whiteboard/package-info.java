/**
 * How a {@link org.tonyreactor.protocol.ProtocolFactory} service says where and how it wants to be served: property
 * names, and annotations that write them.
 *
 * <p>Nothing in this package runs: the annotations are read by bnd when a protocol bundle is built, the constants name
 * the service properties that the whiteboard reads when the service is registered or modified.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.tonyreactor.whiteboard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
