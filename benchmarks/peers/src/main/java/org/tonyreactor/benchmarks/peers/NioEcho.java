package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The floor: what selectors can do with nothing above them. The first worker accepts, and deals connections out. */
final class NioEcho {
    private NioEcho() {}

    public static void main(String[] args) throws IOException {
        EchoOptions options = EchoOptions.parse(args);
        Worker[] workers = new Worker[options.workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(workers);
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

    /**
     * One thread with one selector and one direct buffer, which is free again after each key: what the socket does not take
     * at once is copied, attached to the key, and not read any further until it is out.
     */
    private static final class Worker implements Runnable {
        private static final int READ_BUFFER_BYTES = 65_536;

        private final Worker[] all;
        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
        private final Queue<SocketChannel> dealt = new ConcurrentLinkedQueue<>();
        private int next;

        Worker(Worker[] all) throws IOException {
            this.all = all;
        }

        /** Before this worker's thread is started. */
        void accept(ServerSocketChannel listener) throws IOException {
            listener.register(selector, SelectionKey.OP_ACCEPT);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    selector.select(this::onReady);
                    for (SocketChannel channel = dealt.poll(); channel != null; channel = dealt.poll()) {
                        register(channel);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void onReady(SelectionKey key) {
            try {
                if (key.channel() instanceof ServerSocketChannel listener) {
                    onAcceptable(listener);
                } else if (key.attachment() instanceof ByteBuffer rest) {
                    onWritable(key, rest);
                } else {
                    onReadable(key);
                }
            } catch (IOException e) {
                close(key);
            }
        }

        private void onAcceptable(ServerSocketChannel listener) throws IOException {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                Worker worker = all[next++ % all.length];
                if (worker == this) {
                    register(channel);
                } else {
                    worker.dealt.add(channel);
                    worker.selector.wakeup();
                }
            }
        }

        private void register(SocketChannel channel) throws IOException {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }

        private void onReadable(SelectionKey key) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            buffer.clear();
            if (channel.read(buffer) < 0) {
                close(key);
                return;
            }
            buffer.flip();
            channel.write(buffer);
            if (buffer.hasRemaining()) {
                key.attach(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
                key.interestOps(SelectionKey.OP_WRITE);
            }
        }

        private static void onWritable(SelectionKey key, ByteBuffer rest) throws IOException {
            ((SocketChannel) key.channel()).write(rest);
            if (!rest.hasRemaining()) {
                key.attach(null);
                key.interestOps(SelectionKey.OP_READ);
            }
        }

        private static void close(SelectionKey key) {
            try {
                key.channel().close();
            } catch (IOException e) {
                // It is gone all the same.
            }
        }
    }
}
