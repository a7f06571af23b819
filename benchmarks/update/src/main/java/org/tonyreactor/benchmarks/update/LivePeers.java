package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tonyreactor.benchmarks.harness.LoadLoop;
import org.tonyreactor.benchmarks.update.Load.Countdown;
import org.tonyreactor.benchmarks.update.Load.Round;

/**
 * All connections that live through all updates, on two loops: the active ones have one of their own, so that their times
 * are not those of the driver's other work. The main thread's.
 */
final class LivePeers implements AutoCloseable {
    private static final int PEERS_PER_SOURCE = 20_000;
    private static final int IDLE_PER_SECOND = 20_000;
    private static final int SLOW_READERS_PER_SECOND = 25;
    private static final int IN_FLIGHT_AT_MOST = 512;
    private static final int DEFAULT_BUFFER = 0;
    private static final long BOUND_SECONDS = 30;
    private static final long POLL_MILLIS = 5;

    private final Load load;
    private final LoadLoop active;
    private final LoadLoop others;
    private final List<ActivePeer> activePeers = new ArrayList<>();
    private final List<LivePeer> all = new ArrayList<>();

    LivePeers(Load load) throws IOException {
        this.load = load;
        active = new LoadLoop(System::nanoTime).start("active-peers", load::ownFault);
        others = new LoadLoop(System::nanoTime).start("other-peers", load::ownFault);
    }

    /** Opens all and waits until each has had its first reply; how many have not. */
    int open(ProofOptions options) throws IOException, InterruptedException {
        Pace idlePace = new Pace(others, IDLE_PER_SECOND);
        Pace slowPace = new Pace(others, SLOW_READERS_PER_SECOND);
        open(options.idle(), (channel, number) -> new IdlePeer(others, load, channel, number, idlePace));
        open(options.shapes, (channel, number) -> new ShapedPeer.MidFrame(others, load, channel, number));
        open(
                options.slowReaders,
                ShapedPeer.SlowReader.BUFFER_BYTES,
                (channel, number) -> new ShapedPeer.SlowReader(others, load, channel, number, slowPace));
        open(options.shapes, (channel, number) -> new ShapedPeer.Paused(others, load, channel, number));
        open(options.shapes, (channel, number) -> new ShapedPeer.HalfClosed(others, load, channel, number));
        int missing = startInTurn(all);
        open(options.active, (channel, number) -> {
            ActivePeer peer = new ActivePeer(active, load, channel, number);
            activePeers.add(peer);
            return peer;
        });
        return missing + startInTurn(all.subList(all.size() - options.active, all.size()));
    }

    int size() {
        return all.size();
    }

    /** How many have not ended. */
    int alive() throws InterruptedException {
        ask(all, peer -> {});
        return (int) all.stream().filter(peer -> !peer.isOver()).count();
    }

    /** Gets those into their states that an update is to meet in one; how many did not get there. */
    int prepare() throws InterruptedException {
        Countdown prepared = new Countdown(all.size());
        each(all, peer -> peer.prepare(prepared));
        return prepared.await(BOUND_SECONDS);
    }

    /** Begins a round for an update, or one in which nothing is updated, for those that take part in it. */
    Round begin(int version, boolean update) throws InterruptedException {
        List<LivePeer> peers =
                all.stream().filter(peer -> update || !peer.needsUpdate()).toList();
        Round round = new Round(version, new Countdown(peers.size()));
        ask(peers, peer -> peer.begin(round));
        return round;
    }

    /** Lets those ask that have nothing on the way. */
    void release(boolean update) {
        each(all, peer -> {
            if (update || !peer.needsUpdate()) {
                peer.release();
            }
        });
    }

    /** Ends a round; the longest pause of each active peer in it. */
    Histogram end() throws InterruptedException {
        Histogram pauses = Results.histogram();
        ask(activePeers, peer -> peer.endRound(pauses));
        return pauses;
    }

    /** Ends all connections as peers do. */
    void closeAll() throws InterruptedException {
        ask(all, LedgerPeer::close);
        // A closed channel of a selector lets its descriptor go when its loop turns once more.
        ask(all, peer -> {});
    }

    @Override
    public void close() throws IOException {
        active.close();
        others.close();
    }

    /**
     * Has the peers of a loop do something, so many a second: all at once would show how fast the driver is, not how soon
     * the server answers. The loop's thread only.
     */
    static final class Pace {
        private final LoadLoop loop;
        private final long nanosPerTask;
        private long nextNanos = Long.MIN_VALUE;

        Pace(LoadLoop loop, int perSecond) {
            this.loop = loop;
            nanosPerTask = TimeUnit.SECONDS.toNanos(1) / perSecond;
        }

        void add(Runnable task) {
            nextNanos = Math.max(nextNanos + nanosPerTask, loop.nowNanos());
            loop.at(nextNanos, task);
        }
    }

    /** Says nothing until an update has returned; then it asks who is there. */
    private static final class IdlePeer extends LivePeer {
        private final Pace pace;
        private boolean probed;

        IdlePeer(LoadLoop loop, Load load, SocketChannel channel, long number, Pace pace) {
            super(loop, load, channel, number);
            this.pace = pace;
        }

        @Override
        void roundBegun() {
            probed = false;
        }

        @Override
        void release() {
            pace.add(this::probe);
        }

        @Override
        boolean answersRound() {
            return probed;
        }

        private void probe() {
            if (!isOver()) {
                probed = true;
                ask();
            }
        }
    }

    private interface Kind {
        LivePeer peer(SocketChannel channel, int number);
    }

    private void open(int count, Kind kind) throws IOException, InterruptedException {
        open(count, DEFAULT_BUFFER, kind);
    }

    private void open(int count, int bufferBytes, Kind kind) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = connect(bufferBytes);
            channel.configureBlocking(false);
            load.connected.increment();
            all.add(kind.peer(channel, all.size()));
        }
    }

    /** The first one waits until the protocol is served. */
    private SocketChannel connect(int bufferBytes) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (true) { // Ends: at the deadline.
            SocketChannel channel = SocketChannel.open();
            try {
                if (bufferBytes != DEFAULT_BUFFER) {
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
                }
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.bind(new InetSocketAddress("127.0.1." + (1 + all.size() / PEERS_PER_SOURCE), 0));
                channel.connect(load.server);
                return channel;
            } catch (ConnectException e) {
                channel.close();
                if (!all.isEmpty() || System.nanoTime() - deadlineNanos > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private int startInTurn(List<LivePeer> peers) throws InterruptedException {
        int missing = 0;
        for (int from = 0; from < peers.size(); from += IN_FLIGHT_AT_MOST) {
            List<LivePeer> some = peers.subList(from, Math.min(peers.size(), from + IN_FLIGHT_AT_MOST));
            Countdown started = new Countdown(some.size());
            each(some, peer -> peer.start(started));
            missing += started.await(BOUND_SECONDS);
        }
        return missing;
    }

    /** Has something done by each peer on its own thread, and waits until it is. */
    private <P extends LivePeer> void ask(List<P> peers, Consumer<P> what) throws InterruptedException {
        Countdown loops = new Countdown(2);
        each(peers, what);
        active.post(loops::come);
        others.post(loops::come);
        if (loops.await(BOUND_SECONDS) > 0) {
            throw new IllegalStateException("the driver's loops do not turn");
        }
    }

    private <P extends LivePeer> void each(List<P> peers, Consumer<P> what) {
        List<P> mine = List.copyOf(peers);
        for (LoadLoop loop : List.of(active, others)) {
            loop.post(() -> mine.stream().filter(peer -> peer.loop == loop).forEach(what));
        }
    }
}
