package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.reactor.EndpointSettings;

/** What messages and connections cost in memory. */
@Timeout(60)
class AllocationBehaviourTest {
    private static final int MESSAGE_BYTES = 64;
    private static final int WARM_UP = 30_000;
    private static final int MESSAGES = 50_000;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    @Test
    void echoAllocatesNothingPerMessage() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        FactoryBinding binding = fixture.engine()
                .bind(EndpointSettings.builder().build(), Rank.NO_SERVICE, peer -> {
                    worker.complete(Thread.currentThread());
                    return new EchoFixture();
                });
        try (SocketChannel client =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(binding)))) {
            ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
            exchange(client, message, WARM_UP);
            long workerId = worker.join().getId();

            long before = threads.getThreadAllocatedBytes(workerId);
            exchange(client, message, MESSAGES);
            long allocated = threads.getThreadAllocatedBytes(workerId) - before;

            assertTrue(allocated < MESSAGES, allocated + " bytes for " + MESSAGES + " messages");
        }
    }

    private static void exchange(SocketChannel client, ByteBuffer message, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.write(message.clear());
            message.clear();
            while (message.hasRemaining()) {
                assertTrue(client.read(message) > 0);
            }
        }
    }
}
