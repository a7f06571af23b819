package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** Factories, reactors and the engine come and go. */
class LifeCycleIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    @Test
    void holdsThePortOfAStoppedBundleUntilItStartsAgain() throws BundleException {
        Bundle bundle = FELIX.startPacked("annotated");
        long serviceId = FELIX.serviceIdOf(bundle);
        int port = FELIX.awaitPort(serviceId, EndpointDTO.STATE_BOUND);

        try (Client client = Client.connect(port)) {
            assertEquals("hello", client.ask("hello"));
        }
        RuntimeView.Endpoint endpoint = FELIX.runtime().endpointsOf(serviceId).get(0);
        assertEquals("annotated-echo", endpoint.name());
        assertEquals(bundle.getBundleId(), endpoint.bundleId());

        bundle.stop();

        assertEquals(
                EndpointDTO.STATE_HELD,
                FELIX.runtime().endpointsOf(serviceId).get(0).state());
        try (Client waiting = Client.connect(port)) {
            waiting.send("waited\n");

            bundle.start();

            assertEquals("waited", waiting.readLine());
            assertEquals(port, FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND));
        }
    }

    @Test
    void servesTheSampleOnTheConfiguredPort() throws BundleException {
        Bundle sample = FELIX.start(FelixFixture.bundleFile("sample-echo"));
        int port = FreePort.find();
        try {
            FELIX.configure("org.tonyreactor.sample.echo.Echo", Map.of("reactor.port", port));

            FELIX.awaitRuntime(
                    "the sample on its port",
                    view -> view.endpoints().stream()
                            .anyMatch(each -> each.bundleId() == sample.getBundleId()
                                    && each.port() == port
                                    && each.name().equals("echo")
                                    && each.state() == EndpointDTO.STATE_BOUND));
            try (Client client = Client.connect(port)) {
                assertEquals("hello", client.ask("hello"));
            }
        } finally {
            FELIX.deleteConfiguration("org.tonyreactor.sample.echo.Echo");
        }
    }

    @Test
    void closesWithServiceGoneInsideUnregistering() throws BundleException {
        Offer offer =
                Offer.register(FELIX.startPacked("plain"), Map.of("reactor.port", 0, "reactor.hold.timeout.millis", 0));
        int port = FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client client = Client.connect(port)) {
            assertEquals("hello", client.ask("hello"));
            List<String> before = offer.events();

            offer.unregister();

            List<String> after = offer.events();
            assertEquals(before.size() + 1, after.size(), after.toString());
            assertTrue(after.get(before.size()).endsWith(" lost SERVICE_GONE"), after.toString());
            client.awaitEnd();
            assertFalse(Client.canConnect(port));
            assertEquals(after, offer.events());
        }
    }

    @Test
    void closesEveryConnectionOfAStoppedBundleBeforeStopReturns() throws BundleException {
        Bundle plain = FELIX.startPacked("plain");
        Offer offer = Offer.register(plain, Map.of("reactor.port", new int[] {0}, "reactor.host", "127.0.0.1"));
        int port = FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        List<Client> clients = connect(port, 20);

        plain.stop();

        List<String> endings = offer.endings();
        assertEquals(20, endings.size());
        assertEquals(20, new HashSet<>(endings).size());
        assertTrue(endings.stream().allMatch(ending -> ending.endsWith("SERVICE_GONE")), endings.toString());
        clients.forEach(Client::awaitEnd);
        clients.forEach(Client::close);
        assertEquals(endings, offer.endings());
    }

    @Test
    void waitsForAnUnfinishedLineNoLongerThanTheDrainTimeout() throws BundleException {
        Offer offer = Offer.register(
                FELIX.startPacked("plain"), Map.of("reactor.port", 0, "reactor.drain.timeout.millis", 300));
        try (Client client = Client.connect(FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND))) {
            client.send("begun");
            FelixFixture.await("the data", () -> offer.events().stream().anyMatch(event -> event.endsWith("data")));
            long started = System.nanoTime();

            offer.unregister();

            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.toMillis() >= 250 && took.toMillis() < 3_000, "took " + took);
            assertEquals(1, offer.endings().size());
            assertTrue(offer.endings().get(0).endsWith("SERVICE_GONE"));
        }
    }

    @Test
    void drainsTheEndpointsOfAFactoryAtTheSameTime() throws BundleException {
        Offer offer = Offer.register(
                FELIX.startPacked("plain"),
                Map.of(
                        "reactor.port",
                        List.of(FreePort.find(), FreePort.find(), FreePort.find()),
                        "reactor.drain.timeout.millis",
                        500));
        List<RuntimeView.Endpoint> endpoints = FELIX.awaitRuntime(
                        "three endpoints",
                        view -> view.endpointsOf(offer.serviceId()).size() == 3)
                .endpointsOf(offer.serviceId());
        List<Client> clients =
                endpoints.stream().map(each -> Client.connect(each.port())).toList();
        clients.forEach(client -> client.send("begun"));
        FelixFixture.await("all data", () -> offer.events().size() == 6);
        long started = System.nanoTime();

        offer.unregister();

        Duration took = Duration.ofNanos(System.nanoTime() - started);
        assertTrue(took.toMillis() < 1_300, "took " + took);
        assertEquals(3, offer.endings().size());
        clients.forEach(Client::close);
    }

    @Test
    void tellsEveryConnectionOnceWhenTheEngineStopsAndServesAgainWhenItStarts() throws BundleException {
        Bundle plain = FELIX.startPacked("plain");
        int port = FreePort.find();
        Offer offer = Offer.register(plain, Map.of("reactor.port", port));
        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        List<Client> clients = connect(port, 20);

        FELIX.engine().stop();

        List<String> endings = offer.endings();
        assertEquals(20, endings.size());
        assertEquals(20, new HashSet<>(endings).size());
        assertTrue(
                endings.stream().allMatch(each -> each.endsWith("ENGINE_STOPPED") || each.endsWith("SERVICE_GONE")),
                endings.toString());
        clients.forEach(Client::awaitEnd);
        clients.forEach(Client::close);
        assertFalse(Client.canConnect(port));

        FELIX.engine().start();

        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client client = Client.connect(port)) {
            assertEquals("again", client.ask("again"));
        }
    }

    @Test
    void givesEachBundleAReactorOfItsOwnAndClosesItsListeningsOnStop() throws BundleException {
        Bundle user = FELIX.startPacked("plain", "ReactorUser");
        Object registered = serviceOf(user);
        int port = Fields.getInt(registered, "port");
        try (Client client = Client.connect(port)) {
            assertEquals("hello", client.ask("hello"));
            ServiceReference<?> reference = FELIX.reference("org.tonyreactor.reactor.Reactor");
            assertNotSame(Fields.get(registered, "reactor"), FELIX.context().getService(reference));
            FELIX.context().ungetService(reference);

            user.stop();

            client.awaitEnd();
            assertFalse(Client.canConnect(port));
        }
    }

    private static Object serviceOf(Bundle bundle) {
        return FELIX.context().getService(bundle.getRegisteredServices()[0]);
    }

    private static List<Client> connect(int port, int count) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Client client = Client.connect(port);
            clients.add(client);
            assertEquals("hello", client.ask("hello"));
        }
        return clients;
    }
}
