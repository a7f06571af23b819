package org.tonyreactor.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for tests that must know it beforehand. */
public final class FreePort {
    /**
     * Systems give ports above to whoever wants any, so nobody gets one below by chance; nor can a peer that tries again
     * and again reach itself there while nobody listens.
     */
    private static final int FIRST_EPHEMERAL = 32_768;

    private static final int FIRST_UNPRIVILEGED = 10_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /** A port that nobody has, and that nobody gets who has not asked for just this one. */
    public static int find() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_UNPRIVILEGED, FIRST_EPHEMERAL);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it: another one, then.
            }
        }
        throw new IllegalStateException("no free port in " + ATTEMPTS + " attempts");
    }
}
