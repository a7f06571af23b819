package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports for a server that has to be told which. */
final class FreePorts {
    /** Most systems give ports from here on to connecting peers only above {@link #END}. */
    private static final int BEGIN = 10_000;

    private static final int END = 32_768;

    private FreePorts() {}

    /** That many, which nobody listens on at this moment. */
    static List<Integer> find(int count) throws IOException {
        List<Integer> free = new ArrayList<>();
        for (int port = BEGIN; port < END && free.size() < count; port++) {
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
