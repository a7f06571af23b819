/**
 * The protocol under test, one bundle in as many versions as are asked for. Each connection keeps a ledger: how many
 * frames it has answered, and a checksum over all bytes of them, which live on from version to version.
 *
 * <p>Threads: the engine's workers. A protocol owns its state. The package is packed into a bundle of its own; of it the
 * driver uses {@link org.tonyreactor.benchmarks.ledger.LedgerFrames} only. It depends on the API and on the JDK.
 */
@NullMarked
package org.tonyreactor.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
