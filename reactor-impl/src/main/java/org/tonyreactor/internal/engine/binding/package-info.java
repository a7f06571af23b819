/**
 * One factory on one address: its settings, rank, counters, failures, and its pool of protocols.
 *
 * <p><b>Thread.</b> Each counter and each pool names its single writer; every thread may read. Settings are replaced as a
 * whole.
 *
 * <p><b>May not know</b> connections, workers or the acceptor.
 */
@NullMarked
package org.tonyreactor.internal.engine.binding;

import org.jspecify.annotations.NullMarked;
