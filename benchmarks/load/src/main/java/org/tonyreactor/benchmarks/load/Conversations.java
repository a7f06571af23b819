package org.tonyreactor.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/** All connections of a run, on the generator's one thread. A turn says what is due and hears what has come. */
final class Conversations implements Closeable {
    /** Of IPv4, as the sockets are: the JDK's own loopback address may be another. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /**
     * How many addresses the connections come from, in turn: the ports of one would soon all be taken by connections that
     * have ended (TIME-WAIT, RFC 9293, 3.6.1), and finding a free one would take the generator's time.
     */
    private static final int SOURCES = 250;

    /** The end of the window is seen so late at most when nobody answers. */
    private static final long WAIT_MILLIS = 10;

    private static final int MOST_FAILURES_TOLD = 10;

    final LoadLoop loop;
    final Payload payload;
    final int sizeBytes;
    private final InetSocketAddress server;
    private final long patienceNanos;
    private final PrintStream err;
    private final List<Conversation> all;
    private final InetSocketAddress[] sources = sources();
    private int nextSource;
    private long failures;
    private Work work = new Work.Idle(List.of(), 0);

    Conversations(LoadOptions options, LoadLoop loop, Payload payload, PrintStream err) throws IOException {
        this.loop = loop;
        this.payload = payload;
        this.err = err;
        server = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), options.port);
        sizeBytes = options.sizeBytes;
        patienceNanos = LoadOptions.nanos(options.patienceSeconds);
        all = IntStream.range(0, options.connections)
                .mapToObj(index -> new Conversation(this, index))
                .toList();
    }

    /** The addresses that connections come from, with any port. Made once: dialling is on the path that is measured. */
    private static InetSocketAddress[] sources() throws UnknownHostException {
        InetSocketAddress[] sources = new InetSocketAddress[SOURCES];
        byte[] address = LOOPBACK.clone();
        for (int i = 0; i < SOURCES; i++) {
            sources[i] = new InetSocketAddress(InetAddress.getByAddress(address), 0);
            address[3]++;
        }
        return sources;
    }

    List<Conversation> all() {
        return all;
    }

    /** Makes all connections, and begins. */
    void begin(Work first) throws IOException {
        all.forEach(this::dial);
        await(each -> each.isConnected() || !each.isOpen());
        work = first;
        work.begin(loop.nowNanos());
    }

    /** Connects from any port of the next address. */
    void dial(Conversation conversation) {
        nextSource = (nextSource + 1) % SOURCES;
        conversation.dial(sources[nextSource], server);
    }

    void turn() throws IOException {
        work.turn(loop.nowNanos());
        hear();
    }

    /** Hears what has come; waits for it if no message is due by time. */
    void hear() throws IOException {
        loop.turn(work.keepsTime() ? 0 : WAIT_MILLIS);
    }

    /** Hears what is still to come. */
    void drain() throws IOException {
        await(each -> each.isQuiet() || !each.isOpen());
        for (Conversation each : all) {
            if (each.isOpen() && !each.isQuiet()) {
                each.fail(new IOException(each.missingBytes() + " bytes never came back"));
            }
        }
    }

    /** Ends all connections in order: after what was said comes the end, and nothing else. */
    void end() throws IOException {
        all.forEach(Conversation::end);
        await(each -> !each.isOpen());
        for (Conversation each : all) {
            if (each.isOpen()) {
                each.fail(new IOException("the server did not close it"));
            }
        }
    }

    /** Whether all connections have failed. */
    boolean isAlone() {
        return failures > 0 && all.stream().noneMatch(Conversation::isOpen);
    }

    void heard(Conversation from, long first, long end) {
        work.heard(from, first, end, loop.nowNanos());
    }

    /** Counts what went wrong, and tells the first few. */
    void failed(Conversation one, IOException cause) {
        if (failures++ < MOST_FAILURES_TOLD) {
            err.println("connection " + one.index + ": " + cause);
        }
    }

    long failures() {
        return failures;
    }

    @Override
    public void close() {
        all.forEach(Conversation::close);
    }

    /** Turns until it is so of all, or patience ends; the caller looks which. */
    private void await(Predicate<Conversation> condition) throws IOException {
        long untilNanos = loop.nowNanos() + patienceNanos;
        while (!all.stream().allMatch(condition) && loop.nowNanos() < untilNanos) {
            loop.turn(WAIT_MILLIS);
        }
    }
}
