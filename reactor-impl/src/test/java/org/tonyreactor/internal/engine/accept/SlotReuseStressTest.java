package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.ScheduledCall;
import org.tonyreactor.transport.Transport;

/**
 * A random schedule over few slots and many connections. Each connection has a tag, the number that its client sends
 * first; every byte that either side sends afterwards is that tag. So whatever an old connection does through a slot
 * that serves another by now, an event, a write or a timer, shows as a wrong tag or as a call after the end.
 */
class SlotReuseStressTest {
    private static final int STEPS = 1_500;
    private static final int MOST_CLIENTS = 24;

    private final ManualClock clock = new ManualClock(1_000_000_000);
    private final List<Server> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private int connected;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void neverDeliversTheOldToTheNew(long seed) throws IOException {
        Random random = new Random(seed);
        Engine engine = Engine.stepped(
                new EngineSettings(1 + random.nextInt(3), 2, 0, 512, 8, 0, 1_000), clock, new NioNetwork());
        EndpointSettings settings = EndpointSettings.port(0)
                .withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(random.nextBoolean() ? 0 : 300));
        engine.bind(settings, Rank.NO_SERVICE, peer -> {
            Server server = new Server(new Random(random.nextLong()), "seed " + seed);
            servers.add(server);
            return server;
        });
        engine.step();
        InetSocketAddress address = new InetSocketAddress(
                settings.address().host(), engine.bindings().get(0).port());

        for (int step = 0; step < STEPS; step++) {
            act(random, address);
            if (random.nextInt(4) == 0) {
                clock.advanceMillis(random.nextInt(20));
            }
            if (random.nextInt(3) != 0) {
                engine.step();
            }
        }
        for (Client client : clients) {
            client.close(false);
        }
        int accepted = connected;
        Bounded.until(
                "the end of all connections of seed " + seed,
                () -> servers.stream().allMatch(each -> each.lost == 1)
                        && engine.view().poolUsed() == 0
                        && engine.bindings().get(0).binding().acceptedConnections() == accepted,
                () -> {
                    servers.forEach(Server::continueAfterResume);
                    clock.advanceMillis(100); // For those who linger or are idle.
                    engine.step();
                });

        assertTrue(connected > 50, "seed " + seed + " made " + connected + " connections only");
        assertEquals(0, engine.view().ignoredTokens(), "seed " + seed);
        assertEquals(List.of(), faults(), "seed " + seed);
        Set<Long> ids = new HashSet<>();
        servers.forEach(server -> ids.add(server.transport().id()));
        assertEquals(servers.size(), ids.size(), "seed " + seed);
        assertEquals(
                0,
                engine.view().workers().stream()
                        .mapToInt(EngineView.WorkerView::connections)
                        .sum());
        assertEquals(
                0,
                engine.view().workers().stream()
                        .mapToInt(EngineView.WorkerView::timers)
                        .sum());
        engine.close();
        engine.step();
        engine.step();
    }

    private List<String> faults() {
        List<String> all = new ArrayList<>();
        servers.forEach(server -> all.addAll(server.faults));
        clients.forEach(client -> all.addAll(client.faults));
        return all;
    }

    private void act(Random random, InetSocketAddress address) throws IOException {
        int choice = random.nextInt(20);
        if (choice < 4 && clients.stream().filter(each -> each.channel.isOpen()).count() < MOST_CLIENTS) {
            connected++;
            clients.add(new Client(SocketChannel.open(address), connected));
        } else if (choice < 12 && !clients.isEmpty()) {
            clients.get(random.nextInt(clients.size())).act(random);
        } else if (!servers.isEmpty()) {
            int youngest = Math.min(servers.size(), MOST_CLIENTS);
            int index = random.nextInt(4) == 0
                    ? random.nextInt(servers.size())
                    : servers.size() - 1 - random.nextInt(youngest);
            servers.get(index).act(random);
        }
    }

    private static final class Client {
        private final SocketChannel channel;
        private final int tag;
        private final List<String> faults = new ArrayList<>();

        Client(SocketChannel channel, int tag) throws IOException {
            this.channel = channel;
            this.tag = tag;
            channel.configureBlocking(false);
            channel.write(ByteBuffer.allocate(4).putInt(tag).flip());
        }

        void act(Random random) throws IOException {
            if (!channel.isOpen()) {
                return;
            }
            try {
                switch (random.nextInt(8)) {
                    case 0 -> close(true);
                    case 1 -> close(false);
                    case 2 -> channel.shutdownOutput();
                    case 3, 4 -> channel.write(tags(tag, 1 + random.nextInt(300)));
                    default -> receive();
                }
            } catch (IOException e) {
                channel.close(); // The server has closed or reset it, as it may.
            }
        }

        void close(boolean withReset) throws IOException {
            if (withReset && channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        }

        private void receive() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(4_096);
            if (channel.read(buffer) < 0) {
                channel.close();
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte got = buffer.get();
                if (got != (byte) tag) {
                    faults.add("client " + tag + " got a byte of " + got);
                    return;
                }
            }
        }
    }

    private static final class Server extends Protocol {
        private final Random random;
        private final String where;
        private final List<String> faults = new ArrayList<>();
        private final List<ScheduledCall> timers = new ArrayList<>();
        private @Nullable Integer tag;
        private int made;
        private int lost;

        Server(Random random, String where) {
            this.random = random;
            this.where = where;
        }

        @Override
        public void connectionMade() {
            made++;
            check("connectionMade");
            if (random.nextInt(20) == 0) {
                closeConnection();
            } else if (random.nextInt(30) == 0) {
                abortConnection();
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            check("dataReceived");
            if (random.nextInt(5) == 0) {
                return; // It is presented again, unless this connection ends before; never to another one.
            }
            if (tag == null && data.remaining() >= 4) {
                tag = data.getInt();
            }
            if (tag != null) {
                while (data.hasRemaining()) {
                    byte got = data.get();
                    if (got != tag.byteValue()) {
                        faults.add(this + " got a byte of " + got);
                        return;
                    }
                }
            }
            switch (random.nextInt(16)) {
                case 0 -> closeConnection();
                case 1 -> abortConnection();
                case 2 -> transport().pauseReading();
                case 3 -> throw new IllegalStateException("thrown on purpose");
                default -> say(transport());
            }
        }

        @Override
        public void connectionLost(CloseReason reason) {
            check("connectionLost");
            lost++;
            say(transport());
            timers.forEach(timer -> {
                if (!timer.isDone()) {
                    faults.add(this + " has a timer after its end");
                }
            });
        }

        /** What somebody with an old or a live transport in hand may do, between two turns. */
        void act(Random chance) {
            if (made == 0) {
                return;
            }
            Transport transport = transport();
            switch (chance.nextInt(10)) {
                case 0 -> transport.close();
                case 1 -> transport.abort();
                case 2, 3 -> say(transport);
                case 4 -> transport.shutdownOutput();
                case 5 -> transport.pauseReading();
                case 6 -> transport.resumeReading();
                case 7 -> {
                    boolean taken = transport.execute(() -> {
                        check("a task");
                        say(transport);
                    });
                    if (taken && lost > 0) {
                        faults.add(this + " took a task after its end");
                    }
                }
                case 8 ->
                    timers.add(transport.callLater(Duration.ofMillis(chance.nextInt(200)), () -> {
                        check("a timer");
                        say(transport);
                    }));
                default -> {
                    if (!timers.isEmpty()) {
                        timers.get(chance.nextInt(timers.size())).cancel();
                    }
                }
            }
        }

        /** Who has paused reading does not see the end. */
        void continueAfterResume() {
            if (made > 0 && lost == 0) {
                transport().resumeReading();
            }
        }

        private void say(Transport transport) {
            if (tag != null) {
                transport.write(tags(tag, 1 + random.nextInt(100)));
            }
        }

        private void check(String call) {
            if (made != 1 || lost != 0) {
                faults.add(this + ": " + call + " after made " + made + ", lost " + lost);
            }
        }

        @Override
        public String toString() {
            return "server of tag " + tag + " (" + where + ")";
        }
    }

    private static ByteBuffer tags(int tag, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            buffer.put((byte) tag);
        }
        return buffer.flip();
    }
}
