package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Properties and configurations change while connections are open. */
class LiveChangeIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    @Test
    void appliesChangedPropertiesLive() throws BundleException {
        Offer offer = Offer.register(FELIX.startPacked("plain"), Map.of("reactor.port", 0));
        int port = FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client client = Client.connect(port)) {
            assertEquals("before", client.ask("before"));

            offer.modify(Map.of("reactor.port", 0, "reactor.idle.timeout.millis", "200"));

            client.awaitEnd();
            FelixFixture.await("the ending", () -> offer.endings().size() == 1);
            assertTrue(
                    offer.endings().get(0).endsWith("IDLE_TIMEOUT"),
                    offer.endings().toString());
            assertEquals(port, FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND));
        }
    }

    @Test
    void appliesAConfigurationOfTheComponentLive() throws BundleException {
        Bundle bundle = FELIX.startPacked("annotated");
        long serviceId = FELIX.serviceIdOf(bundle);
        int port = FELIX.awaitPort(serviceId, EndpointDTO.STATE_BOUND);
        try (Client client = Client.connect(port)) {
            assertEquals("before", client.ask("before"));

            FELIX.configure("annotated-echo", Map.of("reactor.name", "renamed", "reactor.connections.max", 1));

            FELIX.awaitRuntime(
                    "the new name",
                    view -> view.endpointsOf(serviceId).get(0).name().equals("renamed"));
            assertEquals(port, FELIX.awaitPort(serviceId, EndpointDTO.STATE_BOUND));
            assertEquals("after", client.ask("after"));
            try (Client second = Client.connect(port)) {
                second.awaitEnd();
            }
        } finally {
            FELIX.deleteConfiguration("annotated-echo");
        }
    }

    @Test
    void movesTheListenerOnlyWhenTheAddressChanges() throws BundleException {
        int from = FreePort.find();
        int to = FreePort.find();
        Offer offer = Offer.register(FELIX.startPacked("plain"), Map.of("reactor.port", from));
        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client client = Client.connect(from)) {
            assertEquals("before", client.ask("before"));

            offer.modify(Map.of("reactor.port", to));

            FELIX.awaitRuntime(
                    "the new address",
                    view -> view.endpointsOf(offer.serviceId()).stream()
                            .anyMatch(each -> each.port() == to && each.state() == EndpointDTO.STATE_BOUND));
            assertEquals("after", client.ask("after"));
            assertFalse(Client.canConnect(from));
            try (Client other = Client.connect(to)) {
                assertEquals("other", other.ask("other"));
            }
            assertEquals(from, FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_DRAINING));

            offer.unregister();

            assertEquals(2, offer.endings().size(), offer.endings().toString());
            client.awaitEnd();
        }
    }

    @Test
    void goesOnListeningWhileThePropertiesAreWrong() throws BundleException {
        int port = FreePort.find();
        Offer offer = Offer.register(FELIX.startPacked("plain"), Map.of("reactor.port", port));
        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client client = Client.connect(port)) {
            assertEquals("before", client.ask("before"));

            offer.modify(Map.of("reactor.port", "none"));

            FELIX.awaitRuntime(
                    "the failure", view -> !view.failuresOf(offer.serviceId()).isEmpty());
            assertTrue(isServed(port));
            assertEquals("meanwhile", client.ask("meanwhile"));

            offer.modify(Map.of("reactor.port", port));

            FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
            assertEquals(List.of(), FELIX.runtime().failuresOf(offer.serviceId()));
            assertEquals("after", client.ask("after"));
        }
    }

    static Stream<Arguments> twoPorts() {
        int one = FreePort.find();
        int two = FreePort.find();
        return Stream.of(
                        new int[] {one, two},
                        new Integer[] {one, two},
                        new long[] {one, two},
                        new String[] {" " + one, "" + two},
                        List.of(one, (long) two),
                        Set.of("" + one, two))
                .map(ports -> Arguments.of(ports));
    }

    @ParameterizedTest
    @MethodSource("twoPorts")
    void acceptsArrayAndCollection(Object ports) throws BundleException {
        Offer offer = Offer.register(
                FELIX.startPacked("plain"), Map.of("reactor.port", ports, "reactor.hold.timeout.millis", "0"));

        List<RuntimeView.Endpoint> endpoints = FELIX.awaitRuntime(
                        "two endpoints",
                        view -> view.endpointsOf(offer.serviceId()).size() == 2)
                .endpointsOf(offer.serviceId());

        for (RuntimeView.Endpoint endpoint : endpoints) {
            try (Client client = Client.connect(endpoint.port())) {
                assertEquals("hello", client.ask("hello"));
            }
        }
        offer.unregister();
        assertEquals(List.of(), FELIX.runtime().endpointsOf(offer.serviceId()));
    }

    @ParameterizedTest
    @MethodSource("onePort")
    void acceptsScalars(Object port) throws BundleException {
        Offer offer = Offer.register(
                FELIX.startPacked("plain"),
                Map.of(
                        "reactor.port",
                        port,
                        "reactor.name",
                        "",
                        "reactor.target",
                        "",
                        "reactor.tcp.keepalive",
                        "true"));

        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);

        RuntimeView.Endpoint endpoint =
                FELIX.runtime().endpointsOf(offer.serviceId()).get(0);
        assertEquals("service-" + offer.serviceId(), endpoint.name());
    }

    static Stream<Arguments> onePort() {
        return Stream.of(0, 0L, (short) 0, "0", List.of("0"), new String[] {"0"})
                .map(port -> Arguments.of(port));
    }

    @Test
    void servesEveryHostWithEveryPort() throws BundleException {
        List<Integer> ports = List.of(FreePort.find(), FreePort.find());
        Offer offer = Offer.register(
                FELIX.startPacked("plain"),
                Map.of("reactor.port", ports, "reactor.host", new String[] {"127.0.0.1", "127.0.0.2"}));

        FELIX.awaitRuntime(
                "four endpoints",
                view -> view.endpointsOf(offer.serviceId()).stream()
                                .filter(each -> each.state() == EndpointDTO.STATE_BOUND)
                                .count()
                        == 4);

        try (Client client = Client.connect("127.0.0.2", ports.get(1))) {
            assertEquals("hello", client.ask("hello"));
        }
    }

    @Test
    void appliesEngineSettingsLive() throws BundleException {
        Offer offer = Offer.register(FELIX.startPacked("plain"), Map.of("reactor.port", 0));
        int port = FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client first = Client.connect(port)) {
            assertEquals("first", first.ask("first"));

            FELIX.configure("org.tonyreactor", Map.of("pool.max.connections", "1", "accepts.per.turn", "many"));

            FelixFixture.await("the limit", () -> !isServed(port));
            assertTrue(FELIX.runtime().exhausted() > 0);
            assertEquals("still", first.ask("still"));
            assertEquals(port, FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND));
        } finally {
            FELIX.deleteConfiguration("org.tonyreactor");
        }
        FelixFixture.await("the defaults", () -> areTwoServed(port));
    }

    /** Whether two connections are served at the same time. */
    private static boolean areTwoServed(int port) {
        try (Client first = Client.connect(port)) {
            return first.ask("first").equals("first") && isServed(port);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Whether a new connection gets an answer; otherwise it is turned away. */
    private static boolean isServed(int port) {
        try (Client client = Client.connect(port)) {
            return client.ask("served?").equals("served?");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Test
    void movesTheChangeCountWithEveryChange() throws BundleException {
        Bundle plain = FELIX.startPacked("plain");
        long atFirst = FELIX.changeCount();

        Offer offer = Offer.register(plain, Map.of("reactor.port", 0));
        long afterAdd = awaitMove(atFirst);
        offer.modify(Map.of("reactor.port", 0, "reactor.connections.max", 3));
        long afterChange = awaitMove(afterAdd);
        offer.modify(Map.of("reactor.port", "x"));
        long afterFailure = awaitMove(afterChange);
        assertEquals(
                FailedEndpointDTO.REASON_VALIDATION_FAILED,
                FELIX.runtime().failuresOf(offer.serviceId()).get(0).reason());
        offer.unregister();
        awaitMove(afterFailure);
    }

    /** Waits until the count has moved, and come to rest as nothing is under way in the framework any more. */
    private static long awaitMove(long before) {
        FelixFixture.await("a change after " + before, () -> FELIX.changeCount() > before);
        return FELIX.changeCount();
    }
}
