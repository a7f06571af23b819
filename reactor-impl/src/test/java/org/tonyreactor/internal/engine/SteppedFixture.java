package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;

/** A whole engine on the test's thread: a turn of each loop is a step, and time passes when the test says so. */
final class SteppedFixture implements AfterEachCallback, AutoCloseable {
    /** Turns without work after which nothing is on its way any more; the loopback's kernel buffers are one way. */
    private static final int QUIET_TURNS = 4;

    final ManualClock clock = new ManualClock(1_000_000_000);
    private final Engine engine;
    private final List<Peer> peers = new ArrayList<>();

    SteppedFixture(int workers) throws IOException {
        engine = Engine.stepped(new EngineSettings(workers, 16, 0, 4_096, 64, 0, 1_000), clock, new NioNetwork());
        engine.step(); // From here on this is the thread of its loops, which nothing waits on.
    }

    Engine engine() {
        return engine;
    }

    /** Binds and has it done. */
    FactoryBinding bind(EndpointSettings.Builder settings, Rank rank, ProtocolFactory factory) {
        FactoryBinding binding = engine.bind(settings.build(), rank, factory);
        step();
        return binding;
    }

    /** Retires and has it done, as far as one turn does it. */
    void closeForSuccessor(FactoryBinding... bindings) {
        engine.closeForSuccessor(List.of(bindings));
        step();
    }

    BindingView view(FactoryBinding binding) {
        return engine.bindings().stream()
                .filter(view -> view.binding() == binding)
                .findFirst()
                .orElseThrow();
    }

    BindingView.State state(FactoryBinding binding) {
        return view(binding).state();
    }

    /** The binding that keeps connections and peers while its endpoint is held. */
    FactoryBinding holder() {
        return engine.bindings().stream()
                .filter(view -> view.state() == BindingView.State.HELD
                        && !view.binding().hasFactory())
                .findFirst()
                .orElseThrow()
                .binding();
    }

    int port(FactoryBinding binding) {
        return view(binding).port();
    }

    Peer connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // Else the kernel keeps back what was sent.
        channel.configureBlocking(false);
        Peer peer = new Peer(channel);
        peers.add(peer);
        return peer;
    }

    Peer connect(FactoryBinding binding) throws IOException {
        return connect(port(binding));
    }

    int step() {
        return engine.step();
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            engine.step();
        }
    }

    /** Steps until nothing is left to do at this time. */
    void settle() throws IOException {
        int[] quiet = {0};
        Bounded.until("quiet", () -> quiet[0] == QUIET_TURNS, () -> quiet[0] = engine.step() == 0 ? quiet[0] + 1 : 0);
    }

    void until(String what, Bounded.Condition condition) throws IOException {
        Bounded.until(what, condition, engine::step);
    }

    /** Time passes, and what is due happens. */
    void pass(long millis) throws IOException {
        clock.advanceMillis(millis);
        settle();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : peers) {
            peer.close();
        }
        engine.close();
        steps(3);
    }

    /** A peer that never waits by itself: the engine is stepped meanwhile. */
    final class Peer {
        private final SocketChannel channel;
        private final StringBuilder received = new StringBuilder();
        private boolean ended;

        private Peer(SocketChannel channel) {
            this.channel = channel;
        }

        Peer send(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                throw new AssertionError("the test sends more than the socket takes");
            }
            return this;
        }

        /** Whether an answer has come; takes it then. */
        String receive(int chars) throws IOException {
            until(chars + " characters, got '" + received + "'", () -> look().length() >= chars || ended);
            String text = received.substring(0, Math.min(chars, received.length()));
            received.delete(0, text.length());
            return text;
        }

        /** What has come and was not taken; nothing is stepped. */
        StringBuilder look() {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            try {
                while (!ended && channel.isOpen()) {
                    int count = channel.read(buffer.clear());
                    if (count == 0) {
                        break;
                    }
                    ended = count < 0;
                    received.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                }
            } catch (IOException e) {
                ended = true; // Reset.
            }
            return received;
        }

        /** Whether the other side has ended the connection, after what has come until now. */
        boolean isEnded() {
            look();
            return ended;
        }

        void awaitEnd() throws IOException {
            until("the end", this::isEnded);
        }

        Peer finish() throws IOException {
            channel.shutdownOutput();
            return this;
        }

        void reset() throws IOException {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
        }

        void close() throws IOException {
            channel.close();
        }

        boolean isOpen() {
            return channel.isOpen() && !isEnded();
        }
    }
}
