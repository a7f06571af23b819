package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.connection.HandOver;
import org.tonyreactor.internal.engine.connection.Phase;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** What becomes of the connections of a Resumable protocol when one version goes and another comes. */
@Timeout(60)
class ResumeBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final CounterFixture first = new CounterFixture("a");
    private final CounterFixture second = new CounterFixture("b");

    @OverEveryWire
    void connectionGoesOnInTheNextVersionWithItsState() throws Exception {
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        assertEquals("a1x", client.send("x.").readText(3));

        update(old, second);

        assertEquals("b2y", client.send("y.").readText(3));
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
        assertEquals(List.of("resume"), second.all().get(0).calls());
        client.finish().expectEnd();
        eventually(() -> resumed(second).calls().equals(List.of("resume", "lost")));
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
    }

    @OverEveryWire
    void connectionSurvivesAHundredUpdates() throws Exception {
        FactoryBinding binding = serve(first);
        int port = fixture.port(binding);
        ClientFixture client = fixture.connect(binding);
        for (int i = 1; i <= 100; i++) {
            assertEquals(
                    "a" + i + "x",
                    client.send("x.").readText(2 + String.valueOf(i).length()));
            fixture.engine().closeForSuccessor(List.of(binding));
            binding = fixture.engine().bind(at(port), Rank.NO_SERVICE, first);
        }

        assertEquals("a101x", client.send("x.").readText(5));
        assertEquals(1, binding.openConnections());
        assertEquals(1, fixture.engine().view().poolUsed());
    }

    @OverEveryWire
    void beginningOfAFrameIsPresentedToTheNextVersion() throws Exception {
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        client.send("x.half").readText(3);
        eventually(() -> fixture.engine().control().connections().stream().anyMatch(each -> each.unreadBytes() == 4));

        update(old, second);

        assertEquals("b2half-whole", client.send("-whole.").readText(12));
    }

    @OverEveryWire
    void whatComesMeanwhileIsServedByTheNextVersion() throws Exception {
        FactoryBinding old = serve(first);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);
        fixture.engine().closeForSuccessor(List.of(old));
        client.send("y.z.");

        fixture.engine().bind(at(port), Rank.NO_SERVICE, second);

        assertEquals("b2yb3z", client.readText(6));
    }

    @OverEveryWire
    void pendingOutputGoesOnInOrder() throws Exception {
        first.made(protocol -> protocol.write(new byte[volume()]));
        FactoryBinding old = serve(first);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(old);
        eventually(() -> pendingBytes() > 0);

        fixture.engine().closeForSuccessor(List.of(old));

        assertEquals(
                Phase.SUSPENDED, fixture.engine().control().connections().get(0).phase());
        assertEquals(volume(), client.read(volume()).length, "the engine sends on while nobody serves");
        fixture.engine().bind(at(port), Rank.NO_SERVICE, second);
        assertEquals("b1x", client.send("x.").readText(3));
    }

    @OverEveryWire
    void protocolThatWaitedForItsOutputIsToldInTheNextVersion() throws Exception {
        first.made(protocol -> protocol.write(new byte[volume()]));
        FactoryBinding old = serve(first);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(old);
        eventually(() -> pendingBytes() > 0);
        fixture.engine().closeForSuccessor(List.of(old));
        client.read(volume());

        fixture.engine().bind(at(port), Rank.NO_SERVICE, second);

        eventually(() -> resumed(second).calls().equals(List.of("resume", "outputReady")));
    }

    @OverEveryWire
    void pausedReadingStaysPaused() throws Exception {
        first.made(protocol -> protocol.transport().pauseReading());
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old).send("x.");
        eventually(() -> fixture.engine().control().connections().stream().anyMatch(ConnectionView::readingPaused));

        update(old, second);

        CounterFixture.Counting next = resumed(second);
        assertTrue(fixture.engine().control().connections().get(0).readingPaused());
        next.transport().execute(() -> next.transport().resumeReading());
        assertEquals("b1x", client.readText(3));
    }

    @OverEveryWire
    void halfClosedConnectionGoesOnAndIsNotToldAgain() throws Exception {
        first.inputEnded(protocol -> protocol.write("half"));
        second.inputEnded(protocol -> protocol.write("told again"));
        FactoryBinding old = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, first);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(old).send("x.").finish();
        assertEquals("a1xhalf", client.readText(7));
        second.resumed(protocol -> {
            assertTrue(protocol.transport().isInputEnded());
            protocol.write("bye");
            protocol.closeConnection();
        });

        fixture.engine().closeForSuccessor(List.of(old));
        fixture.engine().bind(at(port), Rank.NO_SERVICE, second);

        assertEquals("bye", client.readText(3));
        client.expectEnd();
        eventually(() -> resumed(second).calls().equals(List.of("resume", "lost")));
        assertEquals(Kind.CLOSED_BY_PEER, second.all().get(0).lost().get(0).kind());
    }

    @OverEveryWire
    void peerThatLeavesMeanwhileIsTold() throws Exception {
        FactoryBinding old = serve(first);
        int port = fixture.port(old);
        ClientFixture leaves = fixture.connect(old);
        leaves.send("x.").readText(3);
        ClientFixture resets = fixture.connect(old);
        resets.send("x.").readText(3);
        fixture.engine().closeForSuccessor(List.of(old));
        leaves.finish();
        resets.reset();

        fixture.engine().bind(at(port), Rank.NO_SERVICE, second);

        eventually(() -> second.all().size() == 2
                && second.all().stream().allMatch(each -> each.calls().equals(List.of("resume", "lost"))));
        assertEquals(
                List.of(Kind.CLOSED_BY_PEER, Kind.RESET),
                second.all().stream()
                        .map(each -> each.lost().get(0).kind())
                        .sorted()
                        .toList());
        leaves.expectEnd();
    }

    @OverEveryWire
    void peerThatResetsWhileOutputIsPendingIsTold() throws Exception {
        first.made(protocol -> protocol.write(new byte[volume()]));
        FactoryBinding old = serve(first);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(old);
        eventually(() -> pendingBytes() > 0);
        fixture.engine().closeForSuccessor(List.of(old));
        client.reset();
        eventually(() -> pendingBytes() == 0);

        fixture.engine().bind(at(port), Rank.NO_SERVICE, second);

        eventually(() -> resumed(second).calls().equals(List.of("resume", "lost")));
        assertEquals(Kind.RESET, second.all().get(0).lost().get(0).kind());
    }

    @OverEveryWire
    void timersAndTasksOfTheOldVersionDie() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        first.line(protocol -> protocol.callLater(Duration.ofMillis(50), ran::incrementAndGet));
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);

        update(old, second);

        CompletableFuture<Void> later = new CompletableFuture<>();
        CounterFixture.Counting next = resumed(second);
        next.callLater(Duration.ofMillis(100), () -> later.complete(null));
        EngineFixture.get(later);
        assertEquals(0, ran.get());
        assertFalse(first.all().get(0).transport().execute(ran::incrementAndGet));
        assertFalse(first.all().get(0).transport().isOpen());
        first.all().get(0).write("dead");
        assertEquals("b2y", client.send("y.").readText(3));
    }

    @OverEveryWire
    void whatOtherThreadsHaveWrittenIsSent() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        first.suspended(protocol -> {
            CompletableFuture.runAsync(() -> {
                        protocol.transport().execute(() -> protocol.write("never"));
                        protocol.write("late");
                    })
                    .join();
            protocol.write("last");
            written.countDown();
        });
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);

        update(old, second);

        EngineFixture.await(written);
        assertEquals("latelast", client.readText(8));
        assertEquals("b2y", client.send("y.").readText(3));
    }

    @OverEveryWire
    void suspendThatThrowsLosesItsConnectionOnly() throws Exception {
        first.suspended(protocol -> {
            if (protocol.lines() == 1) {
                throw new IllegalStateException("on purpose");
            }
        });
        FactoryBinding old = serve(first);
        ClientFixture bad = fixture.connect(old);
        bad.send("x.").readText(3);
        ClientFixture good = fixture.connect(old);
        good.send("x.y.").readText(6);

        update(old, second);

        assertEquals("b3z", good.send("z.").readText(3));
        bad.expectEnd();
        assertEquals(List.of("made", "suspend", "lost"), first.all().get(0).calls());
        assertEquals(Kind.PROTOCOL_ERROR, first.all().get(0).lost().get(0).kind());
        assertEquals(1, old.failedConnections());
    }

    @OverEveryWire
    void resumeThatThrowsLosesItsConnectionOnly() throws Exception {
        second.resumed(protocol -> {
            if (protocol.lines() == 1) {
                throw new NoClassDefFoundError("on purpose");
            }
        });
        FactoryBinding old = serve(first);
        ClientFixture bad = fixture.connect(old);
        bad.send("x.").readText(3);
        ClientFixture good = fixture.connect(old);
        good.send("x.y.").readText(6);

        update(old, second);

        assertEquals("b3z", good.send("z.").readText(3));
        bad.expectEnd();
        eventually(() -> second.all().stream().anyMatch(each -> each.calls().equals(List.of("resume", "lost"))));
    }

    @Test
    void suspendThatTakesTooLongLosesItsConnectionOnly() throws Exception {
        CountDownLatch tooLong = new CountDownLatch(1);
        first.suspended(protocol -> {
            if (protocol.lines() == 1) {
                assertFalse(tooLong.await(HandOver.MIN_LIMIT_MILLIS + 50, TimeUnit.MILLISECONDS));
            }
        });
        FactoryBinding old = fixture.engine()
                .bind(
                        EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(10)),
                        Rank.NO_SERVICE,
                        first);
        ClientFixture bad = fixture.connect(old);
        bad.send("x.").readText(3);
        ClientFixture good = fixture.connect(old);
        good.send("x.y.").readText(6);

        update(old, second);

        assertEquals("b3z", good.send("z.").readText(3));
        bad.expectEnd();
        assertEquals(Kind.PROTOCOL_ERROR, first.all().get(0).lost().get(0).kind());
    }

    @OverEveryWire
    void stateThatIsMissingOrTooLargeLosesTheConnection() throws Exception {
        ProtocolFactory without = peer -> new BadState(null);
        ProtocolFactory large = peer -> new BadState(ByteBuffer.allocate(Resumable.MAX_STATE_BYTES + 1));
        for (ProtocolFactory factory : List.of(without, large)) {
            FactoryBinding old = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, factory);
            ClientFixture client = fixture.connect(old);
            client.send("x").readText(1);

            fixture.engine().closeForSuccessor(List.of(old));

            client.expectEnd();
            assertEquals(1, old.failedConnections());
        }
    }

    @OverEveryWire
    void nextVersionThatIsNotResumableClosesTheConnection() throws Exception {
        FactoryBinding old = serve(first);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);
        ProtocolFixture other = ProtocolFixture.echo();

        fixture.engine().closeForSuccessor(List.of(old));
        FactoryBinding next = fixture.engine().bind(at(port), Rank.NO_SERVICE, other);

        client.expectEnd();
        eventually(() -> next.openConnections() == 0);
        assertEquals(List.of(), other.all().get(0).events());
    }

    @OverEveryWire
    void oldVersionIsNeitherReferencedNorCalledOnceItHasGone() throws Exception {
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);

        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));

        assertFalse(old.hasFactory());
        assertEquals(0, old.openConnections());
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
    }

    @OverEveryWire
    void closingConnectionWithASlowPeerDoesNotHoldUpTheUpdate() throws Exception {
        first.made(protocol -> {
            protocol.write(new byte[volume()]);
            protocol.closeConnection();
        });
        FactoryBinding old = fixture.engine()
                .bind(
                        EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(600_000)),
                        Rank.NO_SERVICE,
                        first);
        ClientFixture slow = fixture.connect(old);
        eventually(() ->
                fixture.engine().control().connections().stream().anyMatch(each -> each.phase() == Phase.CLOSING));

        assertTrue(fixture.engine().closeForSuccessor(List.of(old)), "it is not waited for");

        assertEquals(List.of("made", "lost"), first.all().get(0).calls());
        assertEquals(volume(), slow.readToEnd().length, "and nothing is cut short");
    }

    @OverEveryWire
    void connectionsOfAllWorkersAreHandedOver() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(3));
        FactoryBinding old = serve(first);
        List<ClientFixture> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ClientFixture client = fixture.connect(old);
            client.send("x.").readText(3);
            clients.add(client);
        }

        FactoryBinding next = update(old, second);

        for (ClientFixture client : clients) {
            assertEquals("b2y", client.send("y.").readText(3));
        }
        assertEquals(30, next.openConnections());
        assertEquals(30, next.resumedConnections());
        assertEquals(30, old.suspendedConnections());
    }

    @OverEveryWire
    void stoppingEngineEndsSuspendedConnections() throws Exception {
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);
        fixture.engine().closeForSuccessor(List.of(old));

        fixture.engine().close();

        client.expectEnd();
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
    }

    /** More bytes than the network and a peer take that reads nothing. */
    private int volume() {
        return fixture.fitting(16 << 20);
    }

    /** Of the only connection; 0 as long as the engine has none. */
    private long pendingBytes() throws IOException {
        return fixture.engine().control().connections().stream()
                .mapToLong(ConnectionView::pendingBytes)
                .sum();
    }

    private FactoryBinding serve(CounterFixture version) throws Exception {
        return fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, version);
    }

    private FactoryBinding update(FactoryBinding old, CounterFixture next) throws Exception {
        EndpointSettings address = at(fixture.port(old));
        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));
        return fixture.engine().bind(address, Rank.NO_SERVICE, next);
    }

    /** The version's only protocol, once it is resumed: that comes a little after the binding. */
    private static CounterFixture.Counting resumed(CounterFixture version) {
        eventually(
                () -> !version.all().isEmpty() && version.all().get(0).calls().contains("resume"));
        return version.all().get(0);
    }

    /** The address that was found free; a held one is taken again by whoever asks for any port under the same name. */
    private static EndpointSettings at(int port) {
        assertTrue(port > 0);
        return EndpointSettings.DEFAULTS;
    }

    /** Echoes, and gives a bad state away. */
    private static final class BadState extends org.tonyreactor.protocol.Protocol implements Resumable {
        private final @org.jspecify.annotations.Nullable ByteBuffer state;

        BadState(@org.jspecify.annotations.Nullable ByteBuffer state) {
            this.state = state;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }

        @Override
        @SuppressWarnings("NullAway") // On purpose: what a careless protocol does.
        public ByteBuffer suspend() {
            return state;
        }

        @Override
        public void resume(ByteBuffer given) {}
    }
}
