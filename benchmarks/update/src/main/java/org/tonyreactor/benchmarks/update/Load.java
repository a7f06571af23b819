package org.tonyreactor.benchmarks.update;

import java.net.InetSocketAddress;

/**
 * What all peers share.
 *
 * @param server where the server listens
 * @param tally counts what the peers see
 * @param versions which versions may answer
 * @param seed of the requests' bytes
 */
record Load(InetSocketAddress server, Tally tally, Versions versions, long seed) {}
