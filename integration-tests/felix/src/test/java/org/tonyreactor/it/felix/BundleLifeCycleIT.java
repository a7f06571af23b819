package org.tonyreactor.it.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.tonyreactor.it.FreePort;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Protocol bundles come, change and go, good ones and bad ones. */
public class BundleLifeCycleIT extends ReactorExam {
    @Rule
    public final Deployment deployment = new Deployment();

    @Test
    public void servesEchoFromStartToStopOrUninstall() throws Exception {
        Bundle echo = deployment.installEcho();
        runtime.awaitNothingOf(echo);

        echo.start();
        int first = runtime.awaitPort(echo);
        assertEquals("hello", LineClient.askOnce(first, "hello"));

        echo.stop();
        runtime.awaitNothingOf(echo);
        assertRefused(first);

        echo.start();
        int second = runtime.awaitPort(echo);
        assertEquals("again", LineClient.askOnce(second, "again"));

        echo.uninstall();
        runtime.awaitNothingOf(echo);
        assertRefused(second);
    }

    @Test
    public void servesEchoAgainAfterAnUpdate() throws Exception {
        Bundle echo = deployment.installEcho();
        echo.start();
        assertEquals("old", LineClient.askOnce(runtime.awaitPort(echo), "old"));
        BundleWiring old = wiring(echo);

        echo.update(Deployment.open("sample-echo"));

        assertEquals("new", LineClient.askOnce(runtime.awaitPort(echo), "new"));
        assertNotSame(old, wiring(echo));
    }

    @Test
    public void answersFromTheNewVersionAfterAnUpdate() throws Exception {
        Map<String, Integer> port = Map.of("Reactor-Port", FreePort.find());
        Bundle signer = deployment.start("a", ProtocolJar.signing("a", "1.0.0", port));
        assertEquals("a 1.0.0: x", LineClient.askOnce(runtime.awaitPort(signer), "x"));

        signer.update(ProtocolJar.signing("a", "2.0.0", port).open());

        assertEquals("a 2.0.0: x", LineClient.askOnce(runtime.awaitPort(signer), "x"));
    }

    @Test
    public void refreshesNothingButTheProtocolItself() throws Exception {
        Bundle echo = deployment.installEcho();
        echo.start();
        Bundle other = deployment.startSigner("other");
        List<Bundle> untouched = List.of(other, Deployment.engine(), Deployment.bundle("org.tonyreactor.api"));
        List<BundleWiring> before = untouched.stream().map(this::wiring).toList();
        BundleWiring old = wiring(echo);
        try (LineClient client = new LineClient(runtime.awaitPort(other))) {
            assertEquals("other 1.0.0: before", client.ask("before"));

            deployment.refresh(List.of(echo));

            assertEquals("hello", LineClient.askOnce(runtime.awaitPort(echo), "hello"));
            assertNotSame(old, wiring(echo));
            assertEquals(before, untouched.stream().map(this::wiring).toList());
            assertEquals("other 1.0.0: after", client.ask("after"));
        }
    }

    @Test
    public void servesTwoProtocolsOnTwoPorts() throws Exception {
        Bundle echo = deployment.installEcho();
        echo.start();
        Bundle signer = deployment.startSigner("a");

        assertEquals("hello", LineClient.askOnce(runtime.awaitPort(echo), "hello"));
        assertEquals("a 1.0.0: hello", LineClient.askOnce(runtime.awaitPort(signer), "hello"));

        echo.stop();
        runtime.awaitNothingOf(echo);
        assertEquals("a 1.0.0: still", LineClient.askOnce(runtime.awaitPort(signer), "still"));
    }

    @Test
    public void servesTheBetterOfTwoProtocolsOnOnePort() throws Exception {
        int port = FreePort.find();
        Bundle low = deployment.start("low", ProtocolJar.signing("low", "1.0.0", Map.of("Reactor-Port", port)));
        assertEquals(port, runtime.awaitPort(low));
        Map<String, Integer> better = Map.of("Reactor-Port", port, "Service-Ranking", 1);
        Bundle high = deployment.start("high", ProtocolJar.signing("high", "1.0.0", better));

        FailedEndpointDTO shadowed = runtime.awaitFailure(low);
        assertEquals(FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE, shadowed.reason);
        assertEquals("high 1.0.0: x", LineClient.askOnce(port, "x"));

        high.uninstall();

        assertEquals(port, runtime.awaitPort(low));
        assertEquals("low 1.0.0: x", LineClient.askOnce(port, "x"));
    }

    @Test
    public void servesNothingOfABundleWhoseActivatorThrows() throws Exception {
        Bundle good = deployment.startSigner("good");
        Bundle broken =
                deployment.install("broken", ProtocolJar.broken("broken").open());

        BundleException failure = assertThrows(BundleException.class, broken::start);

        assertEquals(BundleException.ACTIVATOR_ERROR, failure.getType());
        runtime.awaitNothingOf(broken);
        assertEquals("good 1.0.0: x", LineClient.askOnce(runtime.awaitPort(good), "x"));
    }

    @Test
    public void survivesCorruptJars() throws Exception {
        ProtocolJar jar = ProtocolJar.signing("a", "1.0.0", Map.of("Reactor-Port", FreePort.find()));
        byte[] noJar = "this is no jar".getBytes(StandardCharsets.UTF_8);
        assertThrows(BundleException.class, () -> context.installBundle("x", new ByteArrayInputStream(noJar)));
        assertThrows(
                BundleException.class,
                () -> context.installBundle("y", jar.truncated().open()));
        Bundle good = deployment.start("good", jar);
        assertEquals("a 1.0.0: before", LineClient.askOnce(runtime.awaitPort(good), "before"));

        assertThrows(BundleException.class, () -> good.update(jar.truncated().open()));

        assertEquals(Bundle.ACTIVE, good.getState());
        assertEquals("a 1.0.0: after", LineClient.askOnce(runtime.awaitPort(good), "after"));
    }

    private BundleWiring wiring(Bundle bundle) {
        return bundle.adapt(BundleWiring.class);
    }

    private static void assertRefused(int port) {
        IOException failure = assertThrows(IOException.class, () -> new LineClient(port).close());
        assertTrue(failure.toString(), failure instanceof ConnectException);
    }
}
