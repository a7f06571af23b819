package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * All connections that live through all updates, on two loops: the talkers have one of their own, so that their times are
 * not those of the driver's other work. The main thread's.
 */
final class LivePeers implements AutoCloseable {
    private static final int PEERS_PER_SOURCE = 20_000;
    private static final int IDLE_PER_SECOND = 20_000;
    private static final int SLOW_READERS_PER_SECOND = 25;
    private static final int IN_FLIGHT_AT_MOST = 512;
    private static final int DEFAULT_BUFFER = 0;
    private static final long BOUND_SECONDS = 30;

    private final Load load;
    private final LoadLoop talking;
    private final LoadLoop others;
    private final List<Talker> talkers = new ArrayList<>();
    private final List<LivePeer> all = new ArrayList<>();
    private final Thinking thinking;
    private final Asking idleAsking = new Asking(IDLE_PER_SECOND);
    private final Asking slowAsking = new Asking(SLOW_READERS_PER_SECOND);
    private int opened;

    LivePeers(Load load, ProofOptions options) throws IOException {
        this.load = load;
        talking = new LoadLoop("talkers", load.tally());
        others = new LoadLoop("other-peers", load.tally());
        thinking = new Thinking(TimeUnit.MILLISECONDS.toNanos(options.thinkMillis()));
        talking.post(() -> talking.perform(thinking));
        others.post(() -> {
            others.perform(idleAsking);
            others.perform(slowAsking);
        });
    }

    /** Opens all and waits until each has had its first reply; how many have not. */
    int open(ProofOptions options) throws IOException, InterruptedException {
        open(options.idle(), (channel, number) -> new IdlePeer(others, load, channel, number, idleAsking));
        open(options.midFrame(), (channel, number) -> new MidFramePeer(others, load, channel, number));
        open(
                options.slowReaders(),
                SlowReaderPeer.BUFFER_BYTES,
                (channel, number) -> new SlowReaderPeer(others, load, channel, number, slowAsking));
        open(options.paused(), (channel, number) -> new PausedPeer(others, load, channel, number));
        open(options.halfClosed(), (channel, number) -> new HalfClosedPeer(others, load, channel, number));
        int missing = startInTurn(all);
        open(options.talkers(), (channel, number) -> {
            Talker talker = new Talker(talking, load, channel, number, thinking);
            talkers.add(talker);
            return talker;
        });
        return missing + startInTurn(all.subList(all.size() - options.talkers(), all.size()));
    }

    int size() {
        return all.size();
    }

    /** How many have not ended. */
    int alive() throws InterruptedException {
        return (int)
                ask(all, peer -> {}).stream().filter(peer -> !peer.isOver()).count();
    }

    /** Gets those into their states that an update is to meet in one; how many did not get there. */
    int prepare() throws InterruptedException {
        Countdown prepared = new Countdown(all.size());
        each(all, peer -> peer.prepare(prepared));
        return prepared.await(BOUND_SECONDS);
    }

    /** Begins a round for an update. */
    Round begin(int version) throws InterruptedException {
        return begin(version, all);
    }

    /** Begins a round in which nothing is updated, for those that take part in one. */
    Round beginBaseline(int version) throws InterruptedException {
        return begin(version, all.stream().filter(peer -> !peer.needsUpdate()).toList());
    }

    /** Lets those ask that have nothing on the way. */
    void release(boolean update) {
        each(all, peer -> {
            if (update || !peer.needsUpdate()) {
                peer.release();
            }
        });
    }

    /** Ends a round: records the longest pause of each talker in it. */
    void end(Histogram pauses) throws InterruptedException {
        ask(talkers, talker -> talker.endRound(pauses));
    }

    /** Ends all connections as peers do. */
    void closeAll() throws InterruptedException {
        ask(all, LedgerPeer::close);
        // A closed channel of a selector lets its descriptor go when its loop turns once more.
        ask(all, peer -> {});
    }

    @Override
    public void close() throws IOException {
        talking.close();
        others.close();
    }

    private interface Kind {
        LivePeer peer(SocketChannel channel, int number);
    }

    private void open(int count, Kind kind) throws IOException {
        open(count, DEFAULT_BUFFER, kind);
    }

    private void open(int count, int bufferBytes, Kind kind) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            if (bufferBytes != DEFAULT_BUFFER) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress("127.0.1." + (1 + opened / PEERS_PER_SOURCE), 0));
            channel.connect(load.server());
            channel.configureBlocking(false);
            load.tally().connected.increment();
            all.add(kind.peer(channel, opened));
            opened++;
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

    private Round begin(int version, List<LivePeer> peers) throws InterruptedException {
        Round round = new Round(version, new Countdown(peers.size()));
        ask(peers, peer -> peer.begin(round));
        return round;
    }

    /** Has something done by each peer on its own thread, and waits until it is. */
    private <P extends LivePeer> List<P> ask(List<P> peers, Consumer<P> what) throws InterruptedException {
        Countdown loops = new Countdown(2);
        each(peers, what);
        talking.post(loops::come);
        others.post(loops::come);
        if (loops.await(BOUND_SECONDS) > 0) {
            throw new IllegalStateException("the driver's loops do not turn");
        }
        return peers;
    }

    private <P extends LivePeer> void each(List<P> peers, Consumer<P> what) {
        List<P> mine = List.copyOf(peers);
        for (LoadLoop loop : List.of(talking, others)) {
            loop.post(() -> mine.stream().filter(peer -> peer.loop == loop).forEach(what));
        }
    }
}
