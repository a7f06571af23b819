package org.tonyreactor.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be started with a port and a number of workers. */
interface Program {
    String label();

    List<String> command(Path java, String... arguments);

    Optional<String> unavailable();
}
