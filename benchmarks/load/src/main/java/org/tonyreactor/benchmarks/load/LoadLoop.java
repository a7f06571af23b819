package org.tonyreactor.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The generator's one thread: all connections, one selector, one read buffer. A turn says what is due and hears what has
 * come.
 */
final class LoadLoop implements Closeable {
    /** Of IPv4, as the sockets are: the JDK's own loopback address may be another. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /**
     * How many addresses the connections come from, in turn: the ports of one would soon all be taken by connections that
     * have ended (TIME-WAIT, RFC 9293, 3.6.1), and finding a free one would take the generator's time.
     */
    private static final int SOURCES = 250;

    /** So late at most is the end of the window seen when nobody answers. */
    private static final long SLEEP_MILLIS = 10;

    private final InetSocketAddress server;
    private final int sizeBytes;
    private final long patienceNanos;
    private final LongSupplier clock;
    private final Failures failures;
    private final Buffers buffers;
    private final Selector selector = Selector.open();
    private final List<Conversation> conversations;
    private final InetSocketAddress[] sources = sources();
    private int nextSource;
    private Work work = new Idle(List.of(), 0);

    /** The clock tells nanoseconds since its beginning. */
    LoadLoop(LoadOptions options, LongSupplier clock, Failures failures, Buffers buffers) throws IOException {
        server = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), options.port());
        sizeBytes = options.sizeBytes();
        patienceNanos = options.patienceNanos();
        this.clock = clock;
        this.failures = failures;
        this.buffers = buffers;
        conversations = IntStream.range(0, options.connections())
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

    /** Where the next connection comes from: any port of the next address. */
    InetSocketAddress nextSource() {
        InetSocketAddress source = sources[nextSource];
        nextSource = (nextSource + 1) % SOURCES;
        return source;
    }

    List<Conversation> conversations() {
        return conversations;
    }

    Payload payload() {
        return buffers.payload();
    }

    ByteBuffer readBuffer() {
        return buffers.received();
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /** Makes all connections, and begins. */
    void begin(Work first) throws IOException {
        conversations.forEach(this::dial);
        await(() -> all(each -> each.isConnected() || !each.isOpen()));
        work = first;
        work.begin(clock.getAsLong());
    }

    void dial(Conversation conversation) {
        conversation.dial(selector, server);
    }

    void turn() throws IOException {
        work.turn(clock.getAsLong());
        hear();
    }

    /** Hears what has come; waits for it if no message is due by time. */
    void hear() throws IOException {
        if (work.keepsTime()) {
            selector.selectNow(LoadLoop::onReady);
        } else {
            selector.select(LoadLoop::onReady, SLEEP_MILLIS);
        }
    }

    /** Hears what is still to come. */
    void drain() throws IOException {
        await(() -> all(each -> each.isQuiet() || !each.isOpen()));
        for (Conversation each : conversations) {
            if (each.isOpen() && !each.isQuiet()) {
                each.fail(new IOException(each.missingBytes() + " bytes never came back"));
            }
        }
    }

    /** Ends all connections in order: after what was said comes the end, and nothing else. */
    void end() throws IOException {
        conversations.forEach(Conversation::end);
        await(() -> all(each -> !each.isOpen()));
        for (Conversation each : conversations) {
            if (each.isOpen()) {
                each.fail(new IOException("the server did not close it"));
            }
        }
    }

    /** Whether all connections have failed. */
    boolean isAlone() {
        return failures.count() > 0 && all(each -> !each.isOpen());
    }

    void heard(Conversation from, long first, long end) {
        work.heard(from, first, end, clock.getAsLong());
    }

    void failed(Conversation who, IOException cause) {
        failures.add("connection " + who.index + ": " + cause);
    }

    @Override
    public void close() throws IOException {
        conversations.forEach(Conversation::close);
        selector.close();
    }

    private static void onReady(SelectionKey key) {
        ((Conversation) key.attachment()).onReady();
    }

    private boolean all(Predicate<Conversation> condition) {
        return conversations.stream().allMatch(condition);
    }

    /** Turns until it is so, or patience ends; who asked looks which. */
    private void await(BooleanSupplier condition) throws IOException {
        long untilNanos = clock.getAsLong() + patienceNanos;
        while (!condition.getAsBoolean() && clock.getAsLong() < untilNanos) {
            selector.select(LoadLoop::onReady, SLEEP_MILLIS);
        }
    }
}
