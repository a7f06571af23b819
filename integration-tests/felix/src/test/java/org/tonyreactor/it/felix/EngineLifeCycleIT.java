package org.tonyreactor.it.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.tonyreactor.it.FreePort;

/** The engine goes and comes beneath protocol bundles that stay. */
public class EngineLifeCycleIT extends ReactorExam {
    @Rule
    public final Deployment deployment = new Deployment();

    @Test
    public void servesRunningBundlesAgainWhenTheEngineStartsAgain() throws Exception {
        int port = FreePort.find();
        Bundle signer = deployment.start("a", ProtocolJar.signing("a", "1.0.0", Map.of("Reactor-Port", port)));
        Bundle echo = deployment.installEcho();
        echo.start();
        runtime.awaitPort(echo);
        try (LineClient client = new LineClient(port)) {
            assertEquals("a 1.0.0: before", client.ask("before"));

            Deployment.engine().stop();

            runtime.awaitGone();
            assertThrows(IOException.class, () -> client.ask("meanwhile"));
            assertThrows(IOException.class, () -> LineClient.askOnce(port, "meanwhile"));
            assertEquals(List.of(Bundle.ACTIVE, Bundle.ACTIVE), List.of(signer.getState(), echo.getState()));
        } finally {
            Deployment.engine().start();
        }

        assertEquals(port, runtime.awaitPort(signer));
        assertEquals("a 1.0.0: after", LineClient.askOnce(port, "after"));
        assertEquals("after", LineClient.askOnce(runtime.awaitPort(echo), "after"));
    }

    @Test
    public void servesRunningBundlesOnWhenTheEngineIsUpdatedInPlaceUnderLoad() throws Exception {
        int port = FreePort.find();
        Bundle signer = deployment.start("a", ProtocolJar.signing("a", "1.0.0", Map.of("Reactor-Port", port)));
        BundleWiring signerBefore = signer.adapt(BundleWiring.class);
        BundleWiring engineBefore = Deployment.engine().adapt(BundleWiring.class);
        int threadsBefore = EngineThreads.count();
        try (ActivePeers peers = new ActivePeers(4, runtime.awaitPort(signer), "a 1.0.0: ")) {
            peers.awaitAnswers();

            Deployment.engine().update(Deployment.open("reactor-impl"));

            assertEquals(port, runtime.awaitPort(signer));
            peers.awaitAnswers();
        }
        assertNotSame(engineBefore, Deployment.engine().adapt(BundleWiring.class));
        assertEquals(signerBefore, signer.adapt(BundleWiring.class));
        assertEquals(threadsBefore, EngineThreads.count());
    }
}
