package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.Phase;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.protocol.Reusable;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/** What a protocol does inside suspend and resume, and what others do to it meanwhile. */
@Timeout(60)
class SuspendBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final CounterFixture first = new CounterFixture("a");
    private final CounterFixture second = new CounterFixture("b");

    @OverEveryWire
    void protocolThatClosesInSuspendIsNotHandedOver() throws Exception {
        first.suspended(protocol -> {
            protocol.write("bye");
            protocol.closeConnection();
        });
        ClientFixture client = talkAndUpdate();

        assertEquals("bye", client.readText(3));
        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PROTOCOL, ended(first).kind());
        assertEquals(List.of(), second.all());
    }

    @OverEveryWire
    void protocolThatAbortsInSuspendIsNotHandedOver() throws Exception {
        first.suspended(Protocol::abortConnection);
        ClientFixture client = talkAndUpdate();

        client.expectReset();
        assertEquals(Kind.ABORTED, ended(first).kind());
        assertEquals(List.of(), second.all());
    }

    @OverEveryWire
    void protocolThatPausesInSuspendIsPausedInTheNextVersion() throws Exception {
        first.suspended(protocol -> protocol.transport().pauseReading());
        ClientFixture client = talkAndUpdate();
        CounterFixture.Counting next = resumed();
        client.send("y.");

        assertTrue(fixture.engine().control().connections().get(0).readingPaused());
        next.transport().execute(() -> next.transport().resumeReading());
        assertEquals("b2y", client.readText(3));
    }

    @OverEveryWire
    void protocolThatResumesReadingInSuspendIsPresentedItsInputInTheNextVersion() throws Exception {
        first.line(protocol -> protocol.transport().pauseReading());
        first.suspended(protocol -> protocol.transport().resumeReading());
        ClientFixture client = talkAndUpdate("x.half", "a1x");

        assertEquals("b2half-whole", client.send("-whole.").readText(12));
    }

    @OverEveryWire
    void protocolThatShutsOutputDownInSuspendStillReadsInTheNextVersion() throws Exception {
        first.suspended(protocol -> protocol.transport().shutdownOutput());
        ClientFixture client = talkAndUpdate();

        client.expectEnd();
        client.send("y.");
        eventually(() -> resumed().lines() == 2);
    }

    @OverEveryWire
    void protocolThatWritesMoreThanItMayInSuspendIsAborted() throws Exception {
        first.suspended(protocol -> protocol.write(new byte[volume()]));
        FactoryBinding old = fixture.engine()
                .bind(
                        EndpointSettings.DEFAULTS.withOutput(Output.DEFAULTS
                                .withHighBytes(1_000)
                                .withLowBytes(1_000)
                                .withMaxBytes(1_000)),
                        Rank.NO_SERVICE,
                        first);
        fixture.connect(old).send("x.").readText(3);

        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));

        assertEquals(Kind.SLOW_CONSUMER, ended(first).kind());
    }

    @OverEveryWire
    void closeByAnotherThreadDuringSuspendCloses() throws Exception {
        first.suspended(protocol -> CompletableFuture.runAsync(() -> {
                    protocol.write("bye");
                    protocol.closeConnection();
                })
                .join());
        ClientFixture client = talkAndUpdate();

        assertEquals("bye", client.readText(3));
        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PROTOCOL, ended(first).kind());
        assertEquals(List.of(), second.all());
    }

    @OverEveryWire
    void abortByAnotherThreadDuringSuspendAborts() throws Exception {
        first.suspended(protocol ->
                CompletableFuture.runAsync(protocol::abortConnection).join());
        ClientFixture client = talkAndUpdate();

        client.expectReset();
        assertEquals(Kind.ABORTED, ended(first).kind());
    }

    @OverEveryWire
    void closeInSuspendBehindAWriteOfAnotherThreadCloses() throws Exception {
        first.suspended(protocol -> {
            CompletableFuture.runAsync(() -> protocol.write("other")).join();
            protocol.write("own");
            protocol.closeConnection();
        });
        ClientFixture client = talkAndUpdate();

        assertEquals("otherown", client.readText(8));
        client.expectEnd();
    }

    @Test
    void closeByAnotherThreadBeforeSuspendComesFirst() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        first.line(protocol -> {
            begun.countDown();
            EngineFixture.await(free);
        });
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old).send("x.");
        EngineFixture.await(begun);
        CompletableFuture<Boolean> retired = retireLater(old);
        first.all().get(0).closeConnection();
        free.countDown();

        assertTrue(EngineFixture.get(retired));
        client.expectEnd();
        assertEquals(List.of("made", "lost"), first.all().get(0).calls());
    }

    @OverEveryWire
    void protocolMayWriteAndCloseInResume() throws Exception {
        second.resumed(protocol -> {
            protocol.write("bye");
            protocol.closeConnection();
        });
        ClientFixture client = talkAndUpdate();

        assertEquals("bye", client.readText(3));
        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PROTOCOL, ended(second).kind());
        assertEquals(List.of("resume", "lost"), second.all().get(0).calls());
    }

    @OverEveryWire
    void protocolMayAbortInResume() throws Exception {
        second.resumed(Protocol::abortConnection);
        ClientFixture client = talkAndUpdate();

        client.expectReset();
        assertEquals(Kind.ABORTED, ended(second).kind());
    }

    @OverEveryWire
    void protocolMayPauseInResume() throws Exception {
        second.resumed(protocol -> protocol.transport().pauseReading());
        ClientFixture client = talkAndUpdate("x.y.half", "a1xa2y");
        CounterFixture.Counting next = resumed();
        client.send(".");
        assertTrue(fixture.engine().control().connections().get(0).readingPaused());
        assertEquals(2, next.lines());

        next.transport().execute(() -> next.transport().resumeReading());
        assertEquals("b3half", client.readText(6));
    }

    @OverEveryWire
    void protocolOfAnEndedPeerThatThrowsInResumeIsToldOnce() throws Exception {
        second.resumed(protocol -> {
            throw new IllegalStateException("on purpose");
        });
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old);
        client.send("x.").readText(3);
        fixture.engine().closeForSuccessor(List.of(old));
        client.reset();

        FactoryBinding next = serve(second);

        assertEquals(Kind.PROTOCOL_ERROR, ended(second).kind());
        assertEquals(List.of("resume", "lost"), second.all().get(0).calls());
        eventually(() -> fixture.engine().view().poolUsed() == 0);
        assertEquals(1, next.failedConnections());
    }

    @Test
    void slowSuspendHoldsUpItsWorkerAndRetireSaysSo() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        first.suspended(protocol -> {
            if (protocol.lines() == 1) {
                assertTrue(free.await(30, TimeUnit.SECONDS));
            }
        });
        FactoryBinding old = fixture.engine()
                .bind(
                        EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(0)),
                        Rank.NO_SERVICE,
                        first);
        ClientFixture slow = fixture.connect(old);
        slow.send("x.").readText(3);
        ClientFixture other = fixture.connect(old);
        other.send("x.y.").readText(6);

        assertFalse(fixture.engine().closeForSuccessor(List.of(old)), "a callback does not return");

        serve(second);
        assertTrue(old.hasFactory(), "it is not forgotten while it runs");
        free.countDown();
        assertEquals("b3z", other.send("z.").readText(3));
        slow.expectEnd();
        eventually(() -> !old.hasFactory());
        assertEquals(Kind.PROTOCOL_ERROR, ended(first).kind());
    }

    @OverEveryWire
    void reusableProtocolIsNotReusedOnceItIsSuspended() throws Exception {
        Recycler recycler = new Recycler();
        FactoryBinding old = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, recycler::build);
        int port = fixture.port(old);
        ClientFixture client = fixture.connect(port);
        client.send("x").readText(1);

        fixture.engine().closeForSuccessor(List.of(old));
        Recycler next = new Recycler();
        FactoryBinding binding = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, next::build);
        client.send("y").readText(1);

        assertEquals(0, old.counters(0).pool.size());
        assertEquals(List.of("suspend"), recycler.built.get(0).calls);
        assertEquals(List.of("resume"), next.built.get(0).calls);
        client.close();
        eventually(() -> binding.openConnections() == 0);
        eventually(() -> binding.counters(0).pool.size() == 1);
    }

    @OverEveryWire
    void reusedProtocolIsResetBeforeItResumes() throws Exception {
        Recycler recycler = new Recycler();
        int port = EngineFixture.freePort();
        FactoryBinding good = fixture.engine().bind(EndpointSettings.port(port), new Rank(0, 1, 1), recycler::build);
        ClientFixture ends = fixture.connect(port);
        ends.send("x").readText(1);
        ends.close();
        eventually(() -> good.counters(0).pool.size() == 1);
        FactoryBinding better = fixture.engine().bind(EndpointSettings.port(port), new Rank(1, 2, 1), first);
        ClientFixture client = fixture.connect(port);
        client.send("x.").readText(3);

        fixture.engine().closeForSuccessor(List.of(better));

        assertEquals("y", client.send("y").readText(1));
        assertEquals(List.of("reset", "resume"), recycler.built.get(0).calls);
        assertEquals(1, recycler.built.size());
    }

    @OverEveryWire
    void clientsConnectionIsNotHandedOver() throws Exception {
        FactoryBinding server = serve(second);
        EngineReactor reactor = fixture.engine().newReactor();
        EngineFixture.get(reactor.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(server)),
                        ConnectSettings.DEFAULTS,
                        first)
                .connected()
                .toCompletableFuture());

        reactor.close();

        assertEquals(Kind.SERVICE_GONE, ended(first).kind());
        assertEquals(List.of("made", "lost"), first.all().get(0).calls());
    }

    @Test
    void exceptionOfAVersionThatHasGoneIsNotKeptByAConnectionThatStillSends() throws Exception {
        first.line(protocol -> {
            protocol.write(new byte[volume()]);
            throw new IllegalStateException("on purpose");
        });
        FactoryBinding old = serve(first);
        ClientFixture slow = fixture.connect(old).send("x.");
        eventually(() -> old.failedConnections() == 1);

        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));

        WeakReference<Throwable> cause =
                new WeakReference<>(first.all().get(0).lost().remove(0).cause());
        throwOnTheWorker();
        eventually(() -> {
            System.gc();
            return cause.refersTo(null);
        });
        assertTrue(fixture.engine().control().connections().stream().anyMatch(each -> each.phase() == Phase.CLOSING));
        assertEquals(volume(), slow.readToEnd().length);
    }

    /** The virtual machine itself keeps the last exception that a thread has thrown in compiled code: now it is another one. */
    private void throwOnTheWorker() throws IOException {
        second.line(protocol -> {
            throw new IllegalStateException("on purpose, too");
        });
        FactoryBinding next = serve(second);
        fixture.connect(next).send("x.");
        eventually(() -> next.failedConnections() == 1);
    }

    /** More bytes than the network and a peer take that reads nothing. */
    private int volume() {
        return fixture.fitting(16 << 20);
    }

    private FactoryBinding serve(CounterFixture version) throws IOException {
        return fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, version);
    }

    private ClientFixture talkAndUpdate() throws Exception {
        return talkAndUpdate("x.", "a1x");
    }

    private ClientFixture talkAndUpdate(String text, String answer) throws Exception {
        FactoryBinding old = serve(first);
        ClientFixture client = fixture.connect(old).send(text);
        assertEquals(answer, client.readText(answer.length()));
        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));
        assertNull(old.quarantineReason());
        serve(second);
        return client;
    }

    private CompletableFuture<Boolean> retireLater(FactoryBinding binding) throws IOException {
        Engine engine = fixture.engine();
        CompletableFuture<Boolean> retired =
                CompletableFuture.supplyAsync(() -> engine.closeForSuccessor(List.of(binding)));
        eventually(() -> engine.bindings().stream()
                .anyMatch(view -> view.binding() == binding && view.state() == BindingView.State.DRAINING));
        return retired;
    }

    private CounterFixture.Counting resumed() {
        eventually(() -> !second.all().isEmpty() && second.all().get(0).calls().contains("resume"));
        return second.all().get(0);
    }

    private static CloseReason ended(CounterFixture version) {
        eventually(
                () -> !version.all().isEmpty() && !version.all().get(0).lost().isEmpty());
        return version.all().get(0).lost().get(0);
    }

    /** Builds echoes that are both Reusable and Resumable. */
    private static final class Recycler {
        private final List<Echo> built = new CopyOnWriteArrayList<>();

        Echo build(org.tonyreactor.transport.Peer peer) {
            Echo echo = new Echo();
            built.add(echo);
            return echo;
        }
    }

    private static final class Echo extends Protocol implements Reusable, Resumable {
        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }

        @Override
        public ByteBuffer suspend() {
            calls.add("suspend");
            return ByteBuffer.allocate(0);
        }

        @Override
        public void resume(ByteBuffer state) {
            calls.add("resume");
        }

        @Override
        public void reset() {
            calls.add("reset");
        }
    }
}
