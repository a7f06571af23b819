package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/**
 * A peer that runs. Closing it ends it, by force if need be.
 *
 * @param process its process
 * @param port where it listens
 */
record PeerProcess(ChildProcess process, int port) implements AutoCloseable {
    private static final int BOUND_SECONDS = 20;
    private static final int BOUND_MILLIS = (int) TimeUnit.SECONDS.toMillis(BOUND_SECONDS);

    static PeerProcess start(Peer peer, int workers) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path log = Path.of("target", peer.label() + "-" + workers + ".log");
        ChildProcess process = ChildProcess.startServer(
                peer.command(java, 0, workers),
                Map.of("JDK_JAVA_OPTIONS", "-ea:org.tonyreactor..."),
                log,
                line -> line.matches("listening \\d+"),
                BOUND_SECONDS);
        return new PeerProcess(process, Integer.parseInt(process.readyLine().substring("listening ".length())));
    }

    /** A connection whose reads do not wait longer than the bound. */
    Socket connect() throws IOException {
        return connect(new Socket());
    }

    Socket connect(Socket socket) throws IOException {
        socket.setSoTimeout(BOUND_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BOUND_MILLIS);
        return socket;
    }

    /** Ends its standard input, whereupon it ends in order. */
    void endInput() throws IOException, InterruptedException {
        process.endInput();
        process.finish(BOUND_SECONDS);
    }

    @Override
    public void close() {
        process.close();
    }
}
