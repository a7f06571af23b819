package org.tonyreactor.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** An echo server, a thread per connection, that does one thing wrong, once. */
final class LyingServer implements Closeable {
    private static final int BUFFER_BYTES = 65_536;
    private static final long SWAP_SECONDS = 5;

    /** What it does wrong. */
    enum Lie {
        NONE,
        FLIPS_A_BIT,
        DROPS_A_BYTE,
        DOUBLES_A_BYTE,
        SWAPS_TWO_CONNECTIONS,
        CLOSES_EARLY,
        SAYS_NOTHING_MORE,
        SAYS_MORE_AT_THE_END
    }

    private final ServerSocket listener = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Exchanger<byte[]> swap = new Exchanger<>();
    private final AtomicInteger echoes = new AtomicInteger();
    private final Lie lie;
    private final int honestEchoes;

    LyingServer(Lie lie, int honestEchoes) throws IOException {
        this.lie = lie;
        this.honestEchoes = honestEchoes;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** So many reads were answered, rightly or not. */
    int echoes() {
        return echoes.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket each : sockets) {
            each.close();
        }
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(body, "lying-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket accepted = listener.accept();
                accepted.setTcpNoDelay(true);
                sockets.add(accepted);
                start(() -> serve(accepted));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (socket) {
            int count = socket.getInputStream().read(buffer);
            while (count > 0) {
                byte[] answer = answer(socket, Arrays.copyOf(buffer, count), echoes.getAndIncrement() - honestEchoes);
                socket.getOutputStream().write(answer);
                count = socket.getInputStream().read(buffer);
            }
            if (lie == Lie.SAYS_MORE_AT_THE_END) {
                socket.getOutputStream().write(1);
            }
        } catch (IOException | InterruptedException | TimeoutException e) {
            // The generator has seen it and closed, or the test is over.
        } finally {
            sockets.remove(socket);
        }
    }

    /** The turn is 0 for the one echo that is a lie; to swap takes a second one. */
    private byte[] answer(Socket socket, byte[] truth, int turn)
            throws IOException, InterruptedException, TimeoutException {
        if (lie == Lie.SWAPS_TWO_CONNECTIONS && (turn == 0 || turn == 1)) {
            return swap.exchange(truth, SWAP_SECONDS, TimeUnit.SECONDS);
        }
        if (turn != 0) {
            return truth;
        }
        int last = truth.length - 1;
        switch (lie) {
            case FLIPS_A_BIT -> truth[last] ^= 1;
            case DOUBLES_A_BYTE -> {
                byte[] more = Arrays.copyOf(truth, truth.length + 1);
                more[truth.length] = truth[last];
                return more;
            }
            case DROPS_A_BYTE -> {
                return Arrays.copyOf(truth, last);
            }
            case SAYS_NOTHING_MORE -> {
                return new byte[0];
            }
            case CLOSES_EARLY -> socket.close();
            case NONE, SWAPS_TWO_CONNECTIONS, SAYS_MORE_AT_THE_END -> {
                // Not here.
            }
        }
        return truth;
    }
}
