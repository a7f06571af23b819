package org.tonyreactor.benchmarks.comparison;

import java.util.Comparator;
import java.util.List;

/** The names of the servers, and what they are in a comparison. */
final class Servers {
    static final String OURS = "tonyreactor";

    /** What ratios are to. */
    static final String REFERENCE = "c-epoll";

    /** Those a target is set against: what one would choose instead. */
    static final List<String> PEERS = List.of("netty-nio", "netty-epoll", "mina", "grizzly", "vertx");

    /** Those of the peers that stand on {@code java.nio}; Vert.x takes epoll where there is one. */
    static final List<String> NIO_PEERS = List.of("netty-nio", "mina", "grizzly");

    /** Those of which curves are drawn. */
    static final List<String> DRAWN = List.of(OURS, REFERENCE, "nio", "netty-nio", "netty-epoll", "netty-iouring");

    /** Those that take part where all would take long: in works that are not pinned, and where system calls are counted. */
    static final List<String> FEW = List.of(OURS, REFERENCE, "nio", "netty-nio");

    private static final List<String> ALL = List.of(
            OURS,
            REFERENCE,
            "c-iouring",
            "nio",
            "netty-nio",
            "netty-epoll",
            "netty-iouring",
            "mina",
            "grizzly",
            "vertx");

    /** Ours first; unknown ones, such as ours of another commit, behind ours. */
    static final Comparator<String> ORDER =
            Comparator.<String>comparingInt(ALL::indexOf).thenComparing(Comparator.naturalOrder());

    private Servers() {}
}
