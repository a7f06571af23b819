package org.tonyreactor.internal.engine.wire.nio;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.wire.Multiplexer;

class NioMultiplexerTest {
    private static final Multiplexer.Dispatcher DIRECT = Multiplexer.ReadyHandler::onReady;

    private final NioMultiplexer multiplexer;
    private final List<NioPair> pairs;
    private final List<String> ready = new ArrayList<>();

    NioMultiplexerTest() throws IOException {
        multiplexer = new NioMultiplexer(4_096);
        pairs = NioPair.open(2, address -> {});
    }

    @AfterEach
    void close() throws IOException {
        multiplexer.close();
        for (NioPair pair : pairs) {
            pair.close();
        }
    }

    @Test
    void dispatchesWhatIsReadyWithItsOperations() throws IOException {
        register(0, OP_READ, "first");
        register(1, OP_READ, "second");
        send(1);

        pollUntilReady();

        assertEquals(List.of("second " + OP_READ), ready);
    }

    @Test
    void dispatchesNothingThatIsNotWaitedFor() throws IOException {
        register(0, 0, "first");
        send(0);
        assertEquals(0, poll(0));

        interest(0, OP_WRITE);
        pollUntilReady();

        assertEquals(List.of("first " + OP_WRITE), ready);
    }

    @Test
    void dispatchesNothingThatAnEarlierHandlerOfTheTurnWaitsForNoMore() throws IOException {
        registerBoth(OP_WRITE, other -> {
            ready.add("one");
            interest(other, 0);
        });

        assertEquals(2, poll(0));

        assertEquals(List.of("one"), ready);
    }

    @Test
    void keepsRegistrationsAndTheirInterestWhenItIsRebuilt() throws IOException {
        register(0, OP_READ, "quiet");
        register(1, OP_READ, "listening");
        interest(0, 0);
        poll(0);

        multiplexer.rebuild();
        send(0);
        send(1);
        pollUntilReady();
        poll(0);
        assertFalse(ready.contains("quiet " + OP_READ));
        assertTrue(ready.contains("listening " + OP_READ));

        ready.clear();
        interest(0, OP_READ);
        while (!ready.contains("quiet " + OP_READ)) {
            pollUntilReady();
        }
    }

    @Test
    void leavesNoClosedChannelBehindWhenItIsRebuilt() throws IOException {
        register(0, OP_READ, "closed");
        pairs.get(0).acceptorEnd().close();

        multiplexer.rebuild();
        interest(0, OP_READ);
        poll(0);
        assertEquals(0, poll(0));

        assertEquals(List.of(), ready);
    }

    @Test
    void freesThePortOfAClosedListenerAtOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketAddress address = listener.getLocalAddress();
            listener.configureBlocking(false);
            multiplexer.register(listener, OP_ACCEPT, ops -> {});
            poll(0);

            listener.close();
            multiplexer.reap();

            try (ServerSocketChannel next = ServerSocketChannel.open()) {
                next.bind(address);
            }
        }
    }

    @Test
    void keepsWhatIsReadyForTheNextPollWhenItReaps() throws IOException {
        register(0, OP_READ, "first");
        send(0);
        pollUntilReady();
        ready.clear();

        multiplexer.reap();
        pollUntilReady();

        assertEquals(List.of("first " + OP_READ), ready);
    }

    @Test
    @Timeout(20)
    void endsAPollThatWaitsForEverWhenItIsWoken() throws IOException {
        multiplexer.wakeup();

        assertEquals(0, poll(-1));
    }

    @Test
    @Timeout(20)
    void losesNoWakeUpWhenItIsRebuilt() throws IOException {
        multiplexer.wakeup();

        multiplexer.rebuild();

        assertEquals(0, poll(-1));
    }

    @Test
    void survivesAHandlerThatClosesAnotherReadyChannel() throws IOException {
        registerBoth(OP_READ, other -> {
            ready.add("handled");
            try {
                pairs.get(other).acceptorEnd().close();
            } catch (IOException e) {
                ready.add("failed " + e);
            }
        });
        send(0);
        send(1);

        pollUntilReady();

        assertEquals(List.of("handled"), ready);
    }

    @Test
    void closesAChannelThatLeavesInTheNextPoll() throws IOException {
        register(0, OP_READ, "leaving");
        poll(0);

        multiplexer.closeSoon(pairs.get(0).acceptorEnd());
        assertTrue(pairs.get(0).acceptorEnd().isOpen());
        poll(0);

        assertFalse(pairs.get(0).acceptorEnd().isOpen());
        Bounded.until("the end", () -> pairs.get(0).workerEnd().read(ByteBuffer.allocate(1)) < 0, () -> {});
    }

    @Test
    void closesAChannelThatLeavesBeforeItDispatches() throws IOException {
        register(0, OP_READ, "leaving");
        List<Boolean> open = new ArrayList<>();
        multiplexer.register(
                pairs.get(1).acceptorEnd(),
                OP_READ,
                ops -> open.add(pairs.get(0).acceptorEnd().isOpen()));
        send(1);
        Bounded.until("something ready", () -> !open.isEmpty(), () -> poll(0));
        open.clear();

        multiplexer.closeSoon(pairs.get(0).acceptorEnd());
        poll(0);

        assertEquals(List.of(false), open);
    }

    @Test
    void dispatchesNoChannelThatLeaves() throws IOException {
        register(0, OP_READ, "leaving");
        send(0);
        pollUntilReady();
        ready.clear();

        multiplexer.closeSoon(pairs.get(0).acceptorEnd());

        assertEquals(0, poll(0));
        assertEquals(List.of(), ready);
    }

    /** Unread input tells them apart: closed by one call it is reset, but shut down before that its peer sees an end. */
    @Test
    void doesNotShutAChannelDownThatLeaves() throws IOException {
        register(0, 0, "leaving");
        poll(0);
        send(0);

        multiplexer.closeSoon(pairs.get(0).acceptorEnd());
        poll(0);

        assertThrows(IOException.class, () -> {
            Bounded.until("the end", () -> pairs.get(0).workerEnd().read(ByteBuffer.allocate(1)) < 0, () -> {});
        });
    }

    @Test
    void closesWhoLeavesThoughItIsRebuilt() throws IOException {
        register(0, OP_READ, "leaving");
        poll(0);

        multiplexer.closeSoon(pairs.get(0).acceptorEnd());
        multiplexer.rebuild();
        poll(0);

        assertFalse(pairs.get(0).acceptorEnd().isOpen());
    }

    @Test
    void closesAtOnceWhoWasNeverHere() throws IOException {
        multiplexer.closeSoon(pairs.get(0).acceptorEnd());

        assertFalse(pairs.get(0).acceptorEnd().isOpen());
    }

    @Test
    void closesWhoIsLeavingWhenItIsClosed() throws IOException {
        NioMultiplexer closed = new NioMultiplexer(4_096);
        closed.register(pairs.get(0).acceptorEnd(), OP_READ, ops -> {});
        closed.closeSoon(pairs.get(0).acceptorEnd());

        closed.close();

        assertFalse(pairs.get(0).acceptorEnd().isOpen());
    }

    @Test
    void closesItsChannelsWhenItIsClosed() throws IOException {
        NioMultiplexer closed = new NioMultiplexer(4_096);
        closed.register(pairs.get(0).acceptorEnd(), OP_READ, ops -> {});

        closed.close();

        assertFalse(pairs.get(0).acceptorEnd().isOpen());
        assertTrue(pairs.get(1).acceptorEnd().isOpen());
    }

    private void register(int pair, int ops, String name) throws IOException {
        multiplexer.register(pairs.get(pair).acceptorEnd(), ops, readyOps -> ready.add(name + " " + readyOps));
    }

    /** Registers both pairs; the handler of each is told which one is the other. */
    private void registerBoth(int ops, IntConsumer handler) throws IOException {
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            multiplexer.register(pairs.get(i).acceptorEnd(), ops, readyOps -> handler.accept(other));
        }
    }

    private void interest(int pair, int ops) {
        multiplexer.interest(pairs.get(pair).acceptorEnd(), ops);
    }

    private void send(int pair) throws IOException {
        pairs.get(pair).workerEnd().write(ByteBuffer.allocate(1));
    }

    private void pollUntilReady() throws IOException {
        int before = ready.size();
        Bounded.until("something ready", () -> ready.size() > before, () -> poll(0));
    }

    private int poll(long timeoutMillis) throws IOException {
        int found = multiplexer.poll(timeoutMillis);
        multiplexer.dispatch(DIRECT);
        return found;
    }
}
