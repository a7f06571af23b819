package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;

/**
 * What a message costs the worker in memory: the bytes that its thread has allocated, which the virtual machine counts
 * exactly, over many messages after a warm-up. Where time says nothing on a busy machine, this is the same on each.
 */
@Timeout(60)
class AllocationBehaviourTest {
    private static final int MESSAGE_BYTES = 64;
    private static final int LARGE_BYTES = 16 << 10;
    /** More than the sockets of both sides take while nobody reads. */
    private static final int HUGE_BYTES = 16 << 20;

    private static final int DEPTH = 16;
    private static final int WARM_UP = 30_000;
    private static final int MESSAGES = 50_000;
    /** The object that callLater returns; a 64-bit machine with compressed references, as below 32 GiB of heap. */
    private static final long TIMER_BYTES = 48;

    /**
     * What may be allocated once, however many messages there are. Most runs allocate nothing; in one the worker had 624
     * bytes when another thread wrote, perhaps because a branch was taken for the first time and linked. One object of 16
     * bytes for each 200th message would be more.
     */
    private static final long ONCE_BYTES = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompletableFuture<Thread> worker = new CompletableFuture<>();

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    @Test
    void echoAllocatesNothingPerMessage() throws Exception {
        try (SocketChannel client = connect(new EchoFixture())) {
            assertNothingFor(exchange(client, MESSAGE_BYTES, 1), 1);
        }
    }

    @Test
    void pipelinedEchoAllocatesNothingPerMessage() throws Exception {
        try (SocketChannel client = connect(new EchoFixture())) {
            assertNothingFor(exchange(client, MESSAGE_BYTES, DEPTH), DEPTH);
        }
    }

    @Test
    void largeEchoAllocatesNothingPerMessage() throws Exception {
        try (SocketChannel client = connect(new EchoFixture())) {
            assertNothingFor(exchange(client, LARGE_BYTES, 1), 1);
        }
    }

    @Test
    void heapBufferIsWrittenWithoutAllocation() throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(MESSAGE_BYTES);
        Protocol answering = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                data.position(data.limit());
                write(answer.clear());
            }
        };
        try (SocketChannel client = connect(answering)) {
            assertNothingFor(exchange(client, MESSAGE_BYTES, 1), 1);
        }
    }

    @Test
    void partsAreWrittenWithoutAllocation() throws Exception {
        ByteBuffer[] parts = {ByteBuffer.allocate(MESSAGE_BYTES / 2), ByteBuffer.allocateDirect(MESSAGE_BYTES / 2)};
        Protocol answering = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                data.position(data.limit());
                parts[0].clear();
                parts[1].clear();
                write(parts);
            }
        };
        try (SocketChannel client = connect(answering)) {
            assertNothingFor(exchange(client, MESSAGE_BYTES, 1), 1);
        }
    }

    @Test
    void timerForEachMessageAllocatesTheTimerAndNoMore() throws Exception {
        Runnable call = () -> {};
        Duration limit = Duration.ofSeconds(30);
        Protocol timing = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                callLater(limit, call).cancel();
                write(data);
            }
        };
        try (SocketChannel client = connect(timing)) {
            long allocated = allocatedBy(exchange(client, MESSAGE_BYTES, 1), 1);

            assertTrue(
                    allocated <= MESSAGES * TIMER_BYTES + ONCE_BYTES, allocated + " bytes for " + MESSAGES + " timers");
        }
    }

    @Test
    void writeOfAnotherThreadAllocatesNothingOnTheWorker() throws Exception {
        Protocol writing = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                write(data);
            }
        };
        try (SocketChannel client = connect(writing)) {
            exchange(client, MESSAGE_BYTES, 1).run(); // It is made, and has a transport.
            ByteBuffer sent = ByteBuffer.allocate(MESSAGE_BYTES);
            ByteBuffer received = ByteBuffer.allocateDirect(MESSAGE_BYTES);
            Exchange writes = () -> {
                writing.write(sent.clear());
                readFully(client, received.clear());
            };

            assertNothingFor(writes, 1);
        }
    }

    @Test
    void partialWriteAllocatesWhatIsKeptAndNoMore() throws Exception {
        CompletableFuture<Long> kept = new CompletableFuture<>();
        ByteBuffer answer = ByteBuffer.allocateDirect(HUGE_BYTES);
        Protocol answering = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                data.position(data.limit());
                write(answer.clear());
                kept.complete(transport().pendingBytes());
            }
        };
        try (SocketChannel client = connect(answering)) {
            long workerId = worker.get(EngineFixture.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .getId();
            ByteBuffer received = ByteBuffer.allocateDirect(HUGE_BYTES);
            long before = threads.getThreadAllocatedBytes(workerId);
            client.write(ByteBuffer.allocate(1));
            long keptBytes = kept.get(EngineFixture.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            readFully(client, received);
            long allocated = threads.getThreadAllocatedBytes(workerId) - before;

            assertTrue(keptBytes > 0, "the sockets have taken all " + HUGE_BYTES + " bytes");
            assertTrue(allocated < keptBytes + keptBytes / 10, allocated + " bytes to keep " + keptBytes);
        }
    }

    /** A message, or several, to the worker and back. */
    private interface Exchange {
        void run() throws IOException;
    }

    private SocketChannel connect(Protocol protocol) throws IOException {
        EndpointSettings settings = EndpointSettings.DEFAULTS.withOutput(Output.DEFAULTS.withMaxBytes(2L * HUGE_BYTES));
        FactoryBinding binding = fixture.engine().bind(settings, Rank.NO_SERVICE, peer -> {
            worker.complete(Thread.currentThread());
            return protocol;
        });
        SocketChannel client =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(binding)));
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return client;
    }

    private void assertNothingFor(Exchange exchange, int depth) throws Exception {
        long allocated = allocatedBy(exchange, depth);

        assertTrue(allocated < ONCE_BYTES, allocated + " bytes for " + MESSAGES + " messages");
    }

    /** What the worker allocates for {@link #MESSAGES} messages, in exchanges of some. */
    private long allocatedBy(Exchange exchange, int depth) throws Exception {
        run(exchange, WARM_UP / depth);
        long workerId = worker.get(EngineFixture.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .getId();
        long before = threads.getThreadAllocatedBytes(workerId);
        run(exchange, MESSAGES / depth);
        return threads.getThreadAllocatedBytes(workerId) - before;
    }

    private static void run(Exchange exchange, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            exchange.run();
        }
    }

    private static Exchange exchange(SocketChannel client, int bytes, int depth) {
        ByteBuffer message = ByteBuffer.allocateDirect(bytes);
        ByteBuffer received = ByteBuffer.allocateDirect(bytes * depth);
        return () -> {
            for (int i = 0; i < depth; i++) {
                client.write(message.clear());
            }
            readFully(client, received.clear());
        };
    }

    private static void readFully(SocketChannel client, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            assertTrue(client.read(into) > 0);
        }
    }
}
