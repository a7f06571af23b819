package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.peers.Peer;

/** A server of others. */
record PeerServer(Peer peer, Pinning pinning) implements Candidate {
    private static final String LISTENING = "listening ";
    private static final long BOUND_SECONDS = 60;

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
        return peer.runsOnJava();
    }

    @Override
    public Server start(Jdk jdk, Work work, Path folder) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.startServer(
                pinning.server(work, peer.command(jdk.java(), 0, work.workers())),
                Map.of(),
                folder.resolve("server.log"),
                line -> line.startsWith(LISTENING),
                BOUND_SECONDS);
        return new Server(process, Integer.parseInt(process.readyLine().substring(LISTENING.length())));
    }
}
