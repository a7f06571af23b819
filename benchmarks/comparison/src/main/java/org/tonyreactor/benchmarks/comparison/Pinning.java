package org.tonyreactor.benchmarks.comparison;

import java.util.List;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.peers.Peer;

/** The server has one processor and the load generator another, where there are two and a command for it. */
enum Pinning {
    SERVER("0"),
    GENERATOR("1");

    static final boolean POSSIBLE = Runtime.getRuntime().availableProcessors() > 1
            && Peer.onPath("taskset").isPresent();

    private final String processor;

    Pinning(String processor) {
        this.processor = processor;
    }

    List<String> pin(Work work, List<String> command) {
        // Taskset becomes the command, so the process is the same.
        return POSSIBLE && work.kind() != Work.Kind.START
                ? Stream.concat(Stream.of("taskset", "-c", processor), command.stream())
                        .toList()
                : command;
    }
}
