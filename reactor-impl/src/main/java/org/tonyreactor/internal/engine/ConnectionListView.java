package org.tonyreactor.internal.engine;

import java.util.List;
import org.tonyreactor.internal.engine.accept.WaitingPeer;
import org.tonyreactor.internal.engine.connection.ConnectionView;

/**
 * The connections at one moment, as far as they are known.
 *
 * @param connections in the order of their ids
 * @param waiting the peers that wait for a factory
 * @param missingThreads the threads that have not answered in time; what they have is missing
 */
public record ConnectionListView(
        List<ConnectionView> connections, List<WaitingPeer> waiting, List<String> missingThreads) {}
