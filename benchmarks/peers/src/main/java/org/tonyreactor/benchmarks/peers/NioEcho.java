package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** The floor: what selectors can do with nothing above them. The first worker accepts, and deals connections out. */
final class NioEcho {
    private NioEcho() {}

    public static void main(String[] args) throws IOException {
        EchoOptions options = EchoOptions.parse(args);
        NioWorker[] workers = new NioWorker[options.workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new NioWorker(workers);
        }
        ServerSocketChannel listener = ServerSocketChannel.open().bind(options.address(), EchoOptions.BACKLOG);
        listener.configureBlocking(false);
        workers[0].accept(listener);
        for (int i = 0; i < workers.length; i++) {
            Thread thread = new Thread(workers[i], "nio-worker-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        EchoOptions.serve(((InetSocketAddress) listener.getLocalAddress()).getPort());
    }
}
