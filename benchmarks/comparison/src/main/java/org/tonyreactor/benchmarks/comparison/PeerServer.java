package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tonyreactor.benchmarks.peers.Peer;

/** A server of others. */
record PeerServer(Peer peer, Optional<Jdk> jdk) implements Candidate {
    private static final Pattern READY = Pattern.compile("listening (\\d+)");

    @Override
    public String name() {
        return peer.label();
    }

    @Override
    public Server start(Work work, Path folder) throws IOException, InterruptedException {
        Path java = jdk.orElseGet(Jdk::own).java();
        return Server.start(work, peer.command(java, 0, 1), Map.of(), folder, READY);
    }
}
