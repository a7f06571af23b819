package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.connection.LoopbackSender;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.internal.engine.wire.nio.NioPair;

class LoopbackTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void connectsEachWorkerWithItsOwnEnd() throws IOException {
        List<NioPair> loopbacks = NioPair.open(3, address -> {});
        loopbacks.forEach(loopback -> open.add(loopback::close));

        for (int i = 0; i < 3; i++) {
            NioPair loopback = loopbacks.get(i);
            assertEquals(
                    loopback.workerEnd().getLocalAddress(),
                    loopback.acceptorEnd().getRemoteAddress());
            assertFalse(loopback.workerEnd().isBlocking());
            assertFalse(loopback.acceptorEnd().isBlocking());
            assertEquals(0, loopback.acceptorEnd().read(ByteBuffer.allocate(64)), "the nonce was left to be read");
        }
    }

    @Test
    void turnsAStrangerAwayThatSaysSomething() throws IOException {
        List<SocketChannel> strangers = new ArrayList<>();
        NioPair loopback = openWith(address -> {
            for (int i = 0; i < 5; i++) {
                SocketChannel stranger = stranger(address);
                stranger.write(ByteBuffer.allocate(16));
                strangers.add(stranger);
            }
        });

        for (SocketChannel stranger : strangers) {
            assertTrue(isClosedByPeer(stranger));
        }
        assertServes(loopback);
    }

    @Test
    void isNotHeldUpByAStrangerThatSaysNothing() throws IOException {
        List<SocketChannel> strangers = new ArrayList<>();
        NioPair loopback = openWith(address -> strangers.add(stranger(address)));

        assertTrue(isClosedByPeer(strangers.get(0)));
        assertServes(loopback);
    }

    @Test
    void isNotHeldUpByAStrangerThatHasGone() throws IOException {
        NioPair loopback = openWith(address -> {
            SocketChannel stranger = stranger(address);
            stranger.setOption(StandardSocketOptions.SO_LINGER, 0);
            stranger.close();
        });

        assertServes(loopback);
    }

    @Test
    void letsTheEngineStartAmongStrangers() throws IOException {
        List<SocketChannel> strangers = new ArrayList<>();

        try (Engine engine = Engine.start(
                EngineSettings.defaults().withWorkers(2),
                new NioNetwork(address -> strangers.add(stranger(address))))) {
            assertTrue(isClosedByPeer(strangers.get(0)));
            assertFalse(engine.isStopped());
        }
    }

    @Test
    void refusesWhoeverComesOnceTheEngineHasStarted() throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        openWith(addresses::add);

        assertTrue(addresses.get(0).getAddress().isLoopbackAddress());
        assertThrows(ConnectException.class, () -> stranger(addresses.get(0)));
    }

    @Test
    void closesItsListenerWhenItFails() {
        List<InetSocketAddress> addresses = new ArrayList<>();

        assertThrows(
                IOException.class,
                () -> NioPair.open(1, address -> {
                    addresses.add(address);
                    throw new IOException("thrown on purpose");
                }));

        assertThrows(ConnectException.class, () -> stranger(addresses.get(0)));
    }

    @Test
    void joinsATokenSplitAtAnyByte() throws IOException {
        NioPair loopback = openWith(address -> {});
        EventLoop acceptorLoop = receiverOf(loopback);
        ByteBuffer tokens =
                ByteBuffer.allocate(16).putInt(5).putInt(-7).putInt(1 << 20).putInt(Integer.MIN_VALUE);

        for (int split = 1; split < 16; split++) {
            received.clear();
            send(loopback, tokens, 0, split);
            int whole = split / 8;
            stepUntilReceived(acceptorLoop, whole);
            acceptorLoop.runOnce(0);
            assertEquals(whole, received.size());
            send(loopback, tokens, split, 16);
            stepUntilReceived(acceptorLoop, 2);

            assertEquals(List.of(token(5, -7), token(1 << 20, Integer.MIN_VALUE)), received, "split at " + split);
        }
    }

    @Test
    void joinsTokensSplitAtRandom() throws IOException {
        NioPair loopback = openWith(address -> {});
        EventLoop acceptorLoop = receiverOf(loopback);
        long seed = 5;
        Random random = new Random(seed);
        ByteBuffer tokens = ByteBuffer.allocate(8 * 20_000);
        for (int i = 0; i < 20_000; i++) {
            tokens.putLong(random.nextLong());
        }

        for (int sent = 0; sent < tokens.capacity(); ) {
            int end = Math.min(tokens.capacity(), sent + 1 + random.nextInt(2_000));
            send(loopback, tokens, sent, end);
            acceptorLoop.runOnce(0);
            sent = end;
        }
        stepUntilReceived(acceptorLoop, 20_000);

        assertArrayEquals(
                LongStream.range(0, 20_000)
                        .map(i -> tokens.getLong((int) i * 8))
                        .toArray(),
                received.stream().mapToLong(Long::longValue).toArray(),
                "seed " + seed);
    }

    @Test
    void sendsTheTokensOfATurnWhenTheWorkerIsIdle() throws IOException {
        NioPair loopback = openWith(address -> {});
        EventLoop acceptorLoop = receiverOf(loopback);
        LoopbackSender sender = new LoopbackSender(loopback.workerWire(), NioPair.multiplexer());

        sender.giveBack(1, 10);
        sender.giveBack(2, -20);
        acceptorLoop.runOnce(0);
        assertEquals(List.of(), received);

        sender.flush(true);
        stepUntilReceived(acceptorLoop, 2);
        assertEquals(List.of(token(1, 10), token(2, -20)), received);
    }

    @Test
    void gathersTokensWhileTheWorkerIsBusy() throws IOException {
        NioPair loopback = openWith(address -> {});
        EventLoop acceptorLoop = receiverOf(loopback);
        LoopbackSender sender = new LoopbackSender(loopback.workerWire(), NioPair.multiplexer());

        for (int i = 0; i < LoopbackSender.TOKENS_PER_WRITE - 1; i++) {
            sender.giveBack(i, i);
        }
        assertTrue(sender.flush(false), "it sends though more may come");
        sender.giveBack(7, 8);

        assertFalse(sender.flush(false), "it keeps back a full write");
        stepUntilReceived(acceptorLoop, LoopbackSender.TOKENS_PER_WRITE);
        assertFalse(sender.flush(false), "it waits with nothing");
    }

    @Test
    void keepsATokenBackForAFewTurnsOnly() throws IOException {
        NioPair loopback = openWith(address -> {});
        EventLoop acceptorLoop = receiverOf(loopback);
        LoopbackSender sender = new LoopbackSender(loopback.workerWire(), NioPair.multiplexer());

        for (int round = 1; round <= 2; round++) {
            sender.giveBack(round, round);
            for (int turn = 1; turn < LoopbackSender.TURNS_PER_WRITE; turn++) {
                assertTrue(sender.flush(false));
            }
            assertFalse(sender.flush(false));
            stepUntilReceived(acceptorLoop, round);
        }
    }

    @Test
    void keepsWhatAFullChannelDoesNotTakeAndSendsItInOrderLater() throws IOException {
        int count = 400_000;
        NioPair loopback = openWith(address -> {});
        loopback.workerEnd().setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
        loopback.acceptorEnd().setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
        EventLoop workerLoop = newLoop();
        LoopbackSender sender = new LoopbackSender(loopback.workerWire(), workerLoop.multiplexer());
        EventLoop acceptorLoop = receiverOf(loopback);

        for (int i = 0; i < count; i++) {
            sender.giveBack(i, ~i);
            if (i % 1_000 == 0) {
                sender.flush(true);
            }
        }
        sender.flush(true);
        assertFalse(sender.toString().endsWith(", 0]"), "the channel has taken all: " + sender);

        Bounded.until("all tokens", () -> received.size() == count, () -> {
            acceptorLoop.runOnce(0);
            workerLoop.runOnce(0); // Only OP_WRITE sends from here on.
        });
        for (int i = 0; i < count; i++) {
            assertEquals(token(i, ~i), received.get(i));
        }
        assertEquals(0, workerLoop.runOnce(0), "OP_WRITE is still armed");
    }

    @Test
    void keepsTokensThatComeWhileTheChannelIsFull() throws IOException {
        NioPair loopback = openWith(address -> {});
        loopback.workerEnd().setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
        loopback.acceptorEnd().setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
        EventLoop workerLoop = newLoop();
        LoopbackSender sender = new LoopbackSender(loopback.workerWire(), workerLoop.multiplexer());
        EventLoop acceptorLoop = receiverOf(loopback);
        long seed = 3;
        Random random = new Random(seed);
        int[] given = {0};

        Bounded.until("all tokens", () -> received.size() == 600_000, () -> {
            for (int i = random.nextInt(20_000); i > 0 && given[0] < 600_000; i--) {
                sender.giveBack(given[0], given[0]);
                given[0]++;
            }
            sender.flush(true);
            workerLoop.runOnce(0);
            for (int i = random.nextInt(3); i > 0; i--) {
                acceptorLoop.runOnce(0);
            }
        });

        for (int i = 0; i < 600_000; i++) {
            assertEquals(token(i, i), received.get(i), "seed " + seed);
        }
    }

    @Test
    void dropsItsTokensWhenTheAcceptorHasGone() throws IOException {
        NioPair loopback = openWith(address -> {});
        LoopbackSender sender = new LoopbackSender(loopback.workerWire(), NioPair.multiplexer());
        loopback.acceptorEnd().close();

        Bounded.until("the channel to fail", () -> sender.toString().endsWith(", 0]"), () -> {
            for (int i = 0; i < 2_000; i++) {
                sender.giveBack(i, i);
            }
            sender.flush(true);
        });
    }

    @Test
    void endsWithTheWorker() throws IOException {
        NioPair loopback = openWith(address -> {});
        EventLoop acceptorLoop = receiverOf(loopback);

        loopback.workerEnd().close();

        Bounded.until("the end", () -> !loopback.acceptorEnd().isOpen(), () -> acceptorLoop.runOnce(0));
        assertEquals(0, acceptorLoop.runOnce(0));
    }

    private NioPair openWith(NioNetwork.Observer observer) throws IOException {
        NioPair loopback = NioPair.open(1, observer).get(0);
        open.add(loopback::close);
        return loopback;
    }

    private SocketChannel stranger(InetSocketAddress address) throws IOException {
        SocketChannel stranger = SocketChannel.open(address);
        open.add(stranger);
        return stranger;
    }

    private EventLoop newLoop() throws IOException {
        EventLoop loop = new EventLoop("test", new ManualClock(), NioPair.multiplexer());
        open.add(loop::stop);
        return loop;
    }

    private EventLoop receiverOf(NioPair loopback) throws IOException {
        EventLoop loop = newLoop();
        new LoopbackReceiver(
                loopback.acceptorWire(),
                loop.multiplexer(),
                (index, generation) -> received.add(token(index, generation)));
        return loop;
    }

    private void stepUntilReceived(EventLoop acceptorLoop, int count) throws IOException {
        Bounded.until(count + " tokens", () -> received.size() >= count, () -> acceptorLoop.runOnce(0));
    }

    private void assertServes(NioPair loopback) throws IOException {
        EventLoop acceptorLoop = receiverOf(loopback);
        send(loopback, ByteBuffer.allocate(8).putInt(3).putInt(4), 0, 8);
        stepUntilReceived(acceptorLoop, 1);
        assertEquals(List.of(token(3, 4)), received);
    }

    private static void send(NioPair loopback, ByteBuffer tokens, int from, int to) throws IOException {
        ByteBuffer piece = tokens.duplicate().limit(to).position(from);
        Bounded.until(
                "sending",
                () -> !piece.hasRemaining(),
                () -> loopback.workerEnd().write(piece));
    }

    private static long token(int index, int generation) {
        return (long) index << 32 | Integer.toUnsignedLong(generation);
    }

    private static boolean isClosedByPeer(SocketChannel stranger) throws IOException {
        stranger.socket().setSoTimeout(10_000);
        try {
            return stranger.socket().getInputStream().read() < 0;
        } catch (SocketException e) {
            return true; // Closed with what the stranger said unread.
        }
    }
}
