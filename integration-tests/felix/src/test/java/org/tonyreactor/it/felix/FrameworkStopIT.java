package org.tonyreactor.it.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.tonyreactor.it.FreePort;

/** The framework stops. The test stands outside of it, and starts and stops the container by hand. */
public class FrameworkStopIT {
    private static final int ACTIVE_PEERS = 4;

    @Rule
    public final ThreadDump dump = new ThreadDump();

    @Test
    public void endsEveryConnectionAndThreadWhenTheFrameworkStopsUnderLoad() throws Exception {
        int threads = EngineThreads.count();
        int port = FreePort.find();
        TestContainer container =
                PaxExamRuntime.createContainer(PaxExamRuntime.createTestSystem(ReactorExam.configuration()));
        container.start();
        try {
            ProtocolJar jar = ProtocolJar.signing("a", "1.0.0", Map.of("Reactor-Port", port));
            assertTrue("not installed", container.install("a", jar.open()) > 0);
            try (ActivePeers peers = new ActivePeers(ACTIVE_PEERS, port, "a 1.0.0: ")) {
                peers.awaitAnswers();
                assertEquals(0, peers.endings());

                container.stop();

                assertThrows(IOException.class, () -> LineClient.askOnce(port, "anybody there?"));
                peers.awaitEndings();
            }
        } finally {
            container.stop();
        }
        assertEquals(threads, EngineThreads.count());
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
}
