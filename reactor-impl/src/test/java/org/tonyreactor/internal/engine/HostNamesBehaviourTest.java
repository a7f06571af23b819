package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;

/** A name server that takes its time holds up the endpoint that asks for a name, and nobody else. */
@Timeout(60)
class HostNamesBehaviourTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        engine = Engine.startWith(EngineFixture.ONE_WORKER, OffLoop.threaded(), this::lookUp);
    }

    @AfterEach
    void stop() {
        answered.countDown();
        engine.close();
    }

    @Test
    void anotherEndpointIsBoundAndAcceptsWhileANameIsLookedUp() throws Exception {
        CompletableFuture<FactoryBinding> slow = CompletableFuture.supplyAsync(() -> bind("slow.example"));
        EngineFixture.await(asked);

        FactoryBinding other = bind("127.0.0.1");
        assertEchoes(view(other).port());
        assertEquals(BindingView.State.FAILED, stateAt("slow.example"));

        answered.countDown();
        FactoryBinding bound = slow.get(20, TimeUnit.SECONDS);
        assertEquals(BindingView.State.BOUND, view(bound).state());
        assertEchoes(view(bound).port());
    }

    @Test
    void aNameThatNobodyKnowsFailsItsEndpoint() {
        FactoryBinding unknown = bind("unknown.example");

        assertEquals(BindingView.State.FAILED, view(unknown).state());
        assertTrue(String.valueOf(view(unknown).failure()).contains("nobody knows it"));
    }

    @Test
    void anEndpointThatIsTakenBackWhileItsNameIsLookedUpIsNotBound() throws Exception {
        CompletableFuture<FactoryBinding> slow = CompletableFuture.supplyAsync(() -> bind("slow.example"));
        EngineFixture.await(asked);
        EngineFixture.eventually(
                () -> !engine.bindings().isEmpty()); // The name is asked for before they are published.
        FactoryBinding waiting = engine.bindings().get(0).binding();

        engine.close(waiting);
        slow.get(20, TimeUnit.SECONDS);
        answered.countDown();

        assertEchoes(view(bind("127.0.0.1")).port());
        assertEquals(1, engine.bindings().size());
    }

    private List<InetAddress> lookUp(String host) throws IOException {
        if (host.startsWith("unknown")) {
            throw new UnknownHostException("nobody knows it");
        }
        asked.countDown();
        try {
            EngineFixture.await(answered);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return List.of(InetAddress.getLoopbackAddress());
    }

    private FactoryBinding bind(String host) {
        return engine.bind(
                EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withHost(host)),
                Rank.NO_SERVICE,
                peer -> new EchoFixture());
    }

    private BindingView view(FactoryBinding binding) {
        return engine.bindings().stream()
                .filter(view -> view.binding() == binding)
                .findFirst()
                .orElseThrow();
    }

    private BindingView.State stateAt(String host) {
        return engine.bindings().stream()
                .filter(view -> view.host().equals(host))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static void assertEchoes(int port) throws IOException {
        try (ClientFixture client = ClientFixture.connect(port)) {
            assertEquals("hello", client.send("hello").readText(5));
        }
    }
}
