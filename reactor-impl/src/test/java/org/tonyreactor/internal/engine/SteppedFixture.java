package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;

/** A whole engine on the test's thread: a turn of each loop is a step, and time passes when the test says so. */
final class SteppedFixture implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    /** Turns without work after which nothing is on its way any more; the loopback's kernel buffers are one way. */
    private static final int QUIET_TURNS = 4;

    private static final int READ_BUFFER_BYTES = 1 << 16;

    final ManualClock clock = new ManualClock(1_000_000_000);
    private final int workers;
    private UnaryOperator<Network> over = UnaryOperator.identity();
    private final List<Peer> peers = new ArrayList<>();
    private @Nullable Running running;

    /** What runs over the wires of one test. */
    private record Running(Engine engine, Network peers, Multiplexer peersLoop, Wires wires) {}

    /** Starts before each test, over the wires of that. */
    SteppedFixture(int workers) {
        this.workers = workers;
    }

    /** Starts at once. */
    SteppedFixture(int workers, Wires wires) throws IOException {
        this(workers);
        start(wires);
    }

    /** Has something stand between the engine and its network. Before the test. */
    SteppedFixture over(UnaryOperator<Network> decorator) {
        over = decorator;
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        start(OverEveryWire.Each.wiresOf(test));
    }

    private void start(Wires wires) throws IOException {
        Wires.Sides sides = wires.open();
        Engine engine = Engine.stepped(
                new EngineSettings(workers, 16, 0, 4_096, 64, 0, 1_000), clock, over.apply(sides.ours()));
        engine.step(); // From here on this is the thread of its loops, which nothing waits on.
        running = new Running(engine, sides.peers(), sides.peers().openMultiplexer(READ_BUFFER_BYTES), wires);
    }

    private Running running() {
        Running started = running;
        if (started == null) {
            throw new IllegalStateException("before the test");
        }
        return started;
    }

    Engine engine() {
        return running().engine();
    }

    /** Binds and has it done. */
    FactoryBinding bind(EndpointSettings settings, Rank rank, ProtocolFactory factory) {
        FactoryBinding binding = engine().bind(settings, rank, factory);
        step();
        return binding;
    }

    /** Retires and has it done, as far as one turn does it. */
    void closeForSuccessor(FactoryBinding... bindings) {
        engine().closeForSuccessor(List.of(bindings));
        step();
    }

    BindingView view(FactoryBinding binding) {
        return engine().bindings().stream()
                .filter(view -> view.binding() == binding)
                .findFirst()
                .orElseThrow();
    }

    BindingView.State state(FactoryBinding binding) {
        return view(binding).state();
    }

    /** The binding that keeps connections and peers while its endpoint is held. */
    FactoryBinding holder() {
        return engine().bindings().stream()
                .filter(view -> view.state() == BindingView.State.HELD
                        && !view.binding().hasFactory())
                .findFirst()
                .orElseThrow()
                .binding();
    }

    int port(FactoryBinding binding) {
        return view(binding).port();
    }

    /** Somebody else who listens. */
    ServerWire listen(InetSocketAddress address) throws IOException {
        return running().peers().listen(address, 1);
    }

    /** Somebody who listens and does not answer: its backlog is full already. */
    ServerWire listenFull(InetSocketAddress address) throws IOException {
        ServerWire full = listen(address);
        int fitting = running().wires().runsThreads() ? 2 : 1; // Linux takes one more than the backlog.
        for (int i = 0; i < fitting; i++) {
            connect((InetSocketAddress) full.localAddress());
        }
        return full;
    }

    Peer connect(int port) throws IOException {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private Peer connect(InetSocketAddress address) throws IOException {
        Wire wire = running().peers().connect(address);
        wire.noDelay(true); // Else the kernel keeps back what was sent.
        wire.interest(Wire.CONNECT);
        wire.attach(running().peersLoop(), ops -> {});
        Bounded.until("a connection", wire::finishConnect, this::turnPeers);
        wire.interest(0);
        Peer peer = new Peer(wire);
        peers.add(peer);
        return peer;
    }

    /** What peers have asked for is done. */
    private void turnPeers() throws IOException {
        running().peersLoop().poll(0);
        running().peersLoop().dispatch(Multiplexer.ReadyHandler::onReady);
    }

    Peer connect(FactoryBinding binding) throws IOException {
        return connect(port(binding));
    }

    int step() {
        return engine().step();
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            engine().step();
        }
    }

    /** Steps until nothing is left to do at this time. */
    void settle() throws IOException {
        int[] quiet = {0};
        Bounded.until("quiet", () -> quiet[0] == QUIET_TURNS, () -> quiet[0] = engine().step() == 0 ? quiet[0] + 1 : 0);
    }

    void until(String what, Bounded.Condition condition) throws IOException {
        Bounded.until(what, condition, engine()::step);
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
        engine().close();
        steps(3);
        turnPeers();
        running().peersLoop().close();
        running().peers().close();
    }

    /** A peer that never waits by itself: the engine is stepped meanwhile. */
    final class Peer {
        private final Wire wire;
        private final StringBuilder received = new StringBuilder();
        private boolean ended;
        private boolean wasReset;
        private boolean closed;

        private Peer(Wire wire) {
            this.wire = wire;
        }

        Peer send(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            wire.write(bytes);
            if (bytes.hasRemaining() || !wire.flush()) {
                throw new AssertionError("the test sends more than the wire takes");
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
            try {
                while (!ended && !closed) {
                    ByteBuffer lent = wire.read();
                    if (lent == null) {
                        break;
                    }
                    ended = Wire.isEnd(lent);
                    received.append(StandardCharsets.ISO_8859_1.decode(lent));
                }
            } catch (IOException e) {
                ended = true;
                wasReset = true;
            }
            return received;
        }

        /** Whether the other side has ended the connection, after what has come until now. */
        boolean isEnded() {
            look();
            return ended;
        }

        /** Whether that end was RST. */
        boolean wasReset() {
            look();
            return wasReset;
        }

        /** The other side ends the connection with FIN, and sends no RST behind it, nor for what comes then. */
        void awaitFin() throws IOException {
            awaitEnd();
            assertFalse(wasReset, "RST instead of FIN");
            settle();
            assertDoesNotThrow(() -> send("late"), "RST behind FIN");
            settle();
            assertDoesNotThrow(() -> send("later"), "RST for what came behind FIN");
        }

        void awaitEnd() throws IOException {
            until("the end", this::isEnded);
        }

        Peer finish() throws IOException {
            wire.shutdownOutput();
            return this;
        }

        void reset() throws IOException {
            if (!closed) {
                closed = true;
                wire.reset();
                turnPeers();
            }
        }

        void close() throws IOException {
            if (!closed) {
                closed = true;
                wire.closeSoon();
                turnPeers();
            }
        }

        boolean isOpen() {
            return !closed && !isEnded();
        }
    }
}
