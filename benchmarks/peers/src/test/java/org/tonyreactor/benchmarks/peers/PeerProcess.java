package org.tonyreactor.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A peer that runs. Closing it ends it, by force if need be. */
final class PeerProcess implements AutoCloseable {
    private static final int BOUND_SECONDS = 20;

    private final Process process;
    private final int port;

    private PeerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static PeerProcess start(Peer peer, int workers) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(peer.command(java, 0, workers))
                .redirectError(
                        Path.of("target", peer.label() + "-" + workers + ".log").toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", "-ea:org.tonyreactor...");
        Process process = builder.start();
        try {
            String line =
                    CompletableFuture.supplyAsync(() -> firstLine(process)).get(BOUND_SECONDS, TimeUnit.SECONDS);
            if (!line.matches("listening \\d+")) {
                throw new IllegalStateException(peer.label() + " said: " + line);
            }
            return new PeerProcess(process, Integer.parseInt(line.substring("listening ".length())));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** A connection whose reads do not wait longer than the bound. */
    Socket connect() throws IOException {
        return connect(new Socket());
    }

    Socket connect(Socket socket) throws IOException {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int)
                TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
        return socket;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends its standard input; -1 when it does not end within the bound. */
    int endInput() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String firstLine(Process process) {
        try {
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
