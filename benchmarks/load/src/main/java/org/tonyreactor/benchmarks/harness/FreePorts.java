package org.tonyreactor.benchmarks.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for a server that has to be told which. */
public final class FreePorts {
    /** Linux gives ports to connecting peers only from {@link #END} on: one of them could have it when it is to be bound. */
    private static final int BEGIN = 10_000;

    private static final int END = 32_768;

    private FreePorts() {}

    /** That many, which nobody listens on at this moment. They begin anywhere, for others may look for ports, too. */
    public static List<Integer> find(int count) throws IOException {
        List<Integer> free = new ArrayList<>();
        int first = ThreadLocalRandom.current().nextInt(END - BEGIN);
        for (int i = 0; i < END - BEGIN && free.size() < count; i++) {
            int port = BEGIN + (first + i) % (END - BEGIN);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                free.add(socket.getLocalPort());
            } catch (IOException e) {
                // Somebody has it: the next one.
            }
        }
        if (free.size() < count) {
            throw new IOException("there are no " + count + " free ports from " + BEGIN + " to " + END);
        }
        return free;
    }
}
