package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What all peers in Java have in common: their arguments, and how they begin and end. */
record EchoOptions(int port, int workers) {
    /** Connections that the kernel keeps until they are accepted. */
    static final int BACKLOG = 4096;

    static EchoOptions parse(String[] args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("PORT WORKERS are wanted, not " + String.join(" ", args));
        }
        return new EchoOptions(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    }

    /** Loopback, the same in every peer: IPv4, so that the kernel's work is the same too. */
    InetSocketAddress address() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Says where connections are accepted, and ends the process when its standard input ends. */
    static void serve(int port) throws IOException {
        System.out.println("listening " + port);
        System.out.flush();
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
