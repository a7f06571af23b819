package org.tonyreactor.benchmarks.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.peers.Peer;

/** The names of the servers, and what they are in a comparison. */
final class Servers {
    static final String OURS = "tonyreactor";

    /** Ours, built from another commit. */
    static final String OTHER = "tonyreactor-other";

    /** What ratios are to. */
    static final String REFERENCE = "c-epoll";

    /** Those of which the best is looked for: what one would choose instead. */
    static final List<String> PEERS = List.of("netty-nio", "netty-epoll", "mina", "grizzly", "vertx");

    /** Ours, that of another commit, and the others as they are listed. */
    static final List<String> ALL = Stream.concat(
                    Stream.of(OURS, OTHER), Stream.of(Peer.values()).map(Peer::label))
            .toList();

    static final Comparator<String> ORDER = Comparator.comparingInt(ALL::indexOf);

    private Servers() {}
}
