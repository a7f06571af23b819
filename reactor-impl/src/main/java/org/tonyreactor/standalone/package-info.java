/**
 * The reactor without OSGi, for a plain {@code main}: {@link org.tonyreactor.standalone.StandaloneReactor}. In a framework
 * this package is private; there the reactor is a service.
 *
 * <p>Threads: any. The reactor owns the engine that it starts.
 */
@NullMarked
package org.tonyreactor.standalone;

import org.jspecify.annotations.NullMarked;
