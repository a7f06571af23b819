package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.peers.Peer;

/**
 * A server of others.
 *
 * @param peer which
 * @param pinning where it runs
 */
record PeerServer(Peer peer, Pinning pinning) implements Contestant {
    private static final String LISTENING = "listening ";
    private static final long BOUND_SECONDS = 60;
    private static final String IN_C = "c-";

    static Stream<Contestant> all(Pinning pinning) {
        return Stream.of(Peer.values()).map(peer -> new PeerServer(peer, pinning));
    }

    @Override
    public String name() {
        return peer.label();
    }

    @Override
    public Optional<String> unavailable() {
        return peer.unavailable();
    }

    @Override
    public boolean runsOnJava() {
        return !peer.label().startsWith(IN_C);
    }

    @Override
    public Server start(Jdk jdk, Work work, Path folder) throws IOException, InterruptedException {
        Child child = Child.start(
                pinning.server(work, peer.command(jdk.java(), 0, work.workers())),
                Map.of(),
                folder.resolve("server.log"));
        try {
            String line = child.await(each -> each.startsWith(LISTENING), BOUND_SECONDS);
            return new Server(child, Integer.parseInt(line.substring(LISTENING.length())), folder);
        } catch (RuntimeException | InterruptedException e) {
            child.close();
            throw e;
        }
    }
}
