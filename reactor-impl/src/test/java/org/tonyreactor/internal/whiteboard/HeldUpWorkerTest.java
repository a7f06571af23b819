package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.runtime.dto.WorkerDTO;

/** The runtime says which factory holds a worker up, and where. */
@Timeout(60)
class HeldUpWorkerTest {
    @RegisterExtension
    final WhiteboardFixture fixture = new WhiteboardFixture();

    private final CountDownLatch released = new CountDownLatch(1);

    private final class Blocking extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) throws InterruptedException {
            blockOnPurpose();
            write(data);
        }
    }

    @Test
    void isToldUntilItGoesOn() throws Exception {
        fixture.add(7, peer -> new Blocking(), "reactor.name", "blocks", "reactor.port", 0);
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), fixture.endpointOf(7).port)) {
            peer.getOutputStream().write('x');

            await().until(() -> worker().heldUpMillis > 0);

            WorkerDTO heldUp = worker();
            assertTrue(heldUp.heldUpMillis >= 1_000);
            assertEquals("blocks", heldUp.heldUpEndpoint);
            assertEquals(7, heldUp.heldUpServiceId);
            assertEquals(fixture.endpointOf(7).bundleId, heldUp.heldUpBundleId);
            assertTrue(
                    List.of(heldUp.heldUpStack).stream().anyMatch(frame -> frame.contains("blockOnPurpose")),
                    heldUp::toString);
            released.countDown();
            assertEquals('x', peer.getInputStream().read());
        } finally {
            released.countDown();
        }
        await().until(() -> worker().heldUpMillis == 0);
        assertEquals(-1, worker().heldUpBundleId);
        assertArrayEquals(new String[0], worker().heldUpStack);
    }

    private WorkerDTO worker() {
        return fixture.runtime().workerDTOs[0];
    }

    private void blockOnPurpose() throws InterruptedException {
        released.await(50, TimeUnit.SECONDS);
    }
}
