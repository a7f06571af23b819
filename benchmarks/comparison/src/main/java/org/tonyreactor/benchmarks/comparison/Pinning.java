package org.tonyreactor.benchmarks.comparison;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.peers.Peer;

/** Gives the server one processor and the load generator another, where there are two and a command for it. */
final class Pinning {
    private static final int SERVER_PROCESSOR = 0;
    private static final int GENERATOR_PROCESSOR = 1;

    private final boolean possible = Runtime.getRuntime().availableProcessors() > GENERATOR_PROCESSOR
            && Peer.onPath("taskset").isPresent();

    /** Why nothing is pinned, where it is so. */
    Optional<String> notice() {
        return possible
                ? Optional.empty()
                : Optional.of("server and load generator share the processors: there are not two, or no taskset");
    }

    List<String> server(Work work, List<String> command) {
        return pinned(work, SERVER_PROCESSOR, command);
    }

    List<String> generator(Work work, List<String> command) {
        return pinned(work, GENERATOR_PROCESSOR, command);
    }

    private List<String> pinned(Work work, int processor, List<String> command) {
        // Taskset becomes the command, so the process is the same.
        return possible && work.pinned()
                ? Stream.concat(Stream.of("taskset", "-c", Integer.toString(processor)), command.stream())
                        .toList()
                : command;
    }
}
