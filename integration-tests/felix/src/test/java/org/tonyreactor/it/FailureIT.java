package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Factories that cannot be served say why, and are served when the cause is gone. */
class FailureIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    private Bundle plain;

    @BeforeEach
    void startBundle() throws BundleException {
        plain = FELIX.startPacked("plain");
    }

    @Test
    void recoversWhenThePortIsFreed() throws IOException {
        Offer offer;
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();

            offer = Offer.register(plain, Map.of("reactor.port", port));

            RuntimeView.Failure failure = awaitFailure(offer.serviceId());
            assertEquals(FailedEndpointDTO.REASON_ADDRESS_IN_USE, failure.reason());
            assertTrue(failure.message().contains("127.0.0.1:" + port), failure.message());
            assertEquals(port, FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_FAILED));
        }

        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        assertEquals(List.of(), FELIX.runtime().failuresOf(offer.serviceId()));
        try (Client client = Client.connect(port)) {
            assertEquals("hello", client.ask("hello"));
        }
    }

    @Test
    void saysThatAnAddressIsNotOfThisMachine() {
        Offer offer = Offer.register(plain, Map.of("reactor.port", 0, "reactor.host", "192.0.2.1"));

        RuntimeView.Failure failure = awaitFailure(offer.serviceId());

        assertEquals(FailedEndpointDTO.REASON_ADDRESS_UNAVAILABLE, failure.reason());
        assertEquals("192.0.2.1", failure.host());
    }

    @ParameterizedTest
    @CsvSource({
        "reactor.port, none, is no whole number",
        "reactor.port, 70000, from 0 to 65535",
        "reactor.port, -1, from 0 to 65535",
        "reactor.port, 1.5, is no whole number",
        "reactor.backlog, 0, from 1",
        "reactor.connections.max, -1, from 0",
        "reactor.idle.timeout.millis, soon, is no whole number",
        "reactor.input.max.bytes, 0, from 1",
        "reactor.output.high.bytes, 1, out of order",
        "reactor.output.low.bytes, 99999999, out of order",
        "reactor.output.max.bytes, 5, out of order",
        "reactor.drain.timeout.millis, -5, from 0",
        "reactor.tcp.keepalive, perhaps, true or false",
        "reactor.tcp.nodelay, 1, true or false",
        "reactor.target, (engine, LDAP filter",
    })
    void reportsEachInvalidPropertyWithAMessage(String property, String value, String expected) {
        Map<String, Object> properties = new HashMap<>(Map.of("reactor.port", 0));
        properties.put(property, value);

        Offer offer = Offer.register(plain, properties);

        RuntimeView.Failure failure = awaitFailure(offer.serviceId());
        assertEquals(FailedEndpointDTO.REASON_VALIDATION_FAILED, failure.reason());
        assertTrue(failure.message().contains(property), failure.message());
        assertTrue(failure.message().contains(expected), failure.message());
        assertFalse(failure.message().contains("\n"), failure.message());
        assertEquals(plain.getBundleId(), failure.bundleId());
        assertEquals(List.of(), FELIX.runtime().endpointsOf(offer.serviceId()));

        offer.modify(Map.of("reactor.port", 0));

        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
        assertEquals(List.of(), FELIX.runtime().failuresOf(offer.serviceId()));
    }

    @Test
    void reportsAMissingPort() {
        Offer offer = Offer.register(plain, Map.of("reactor.name", "portless"));

        RuntimeView.Failure failure = awaitFailure(offer.serviceId());

        assertEquals("portless", failure.name());
        assertEquals(-1, failure.port());
        assertEquals(FailedEndpointDTO.REASON_VALIDATION_FAILED, failure.reason());
        assertTrue(failure.message().startsWith("reactor.port is missing"), failure.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactor.tls.enabled", "reactor.tls.anything", "reactor.input.rate.max.bytes.per.second"})
    void refusesReservedProperties(String property) {
        Offer offer = Offer.register(plain, Map.of("reactor.port", 0, property, "5"));

        RuntimeView.Failure failure = awaitFailure(offer.serviceId());

        assertEquals(FailedEndpointDTO.REASON_VALIDATION_FAILED, failure.reason());
        assertTrue(failure.message().contains(property + " is reserved"), failure.message());
    }

    @Test
    void ignoresUnknownProperties() {
        Offer offer = Offer.register(plain, Map.of("reactor.port", 0, "reactor.colour", "blue"));

        FELIX.awaitPort(offer.serviceId(), EndpointDTO.STATE_BOUND);
    }

    @Test
    void ignoresAFactoryForAnotherEngine() {
        Offer other = Offer.register(plain, Map.of("reactor.port", 0, "reactor.target", "(reactor.engine.name=other)"));
        Offer mine =
                Offer.register(plain, Map.of("reactor.port", 0, "reactor.target", "(reactor.engine.name=default)"));

        FELIX.awaitPort(mine.serviceId(), EndpointDTO.STATE_BOUND);

        assertEquals(List.of(), FELIX.runtime().endpointsOf(other.serviceId()));
        assertEquals(List.of(), FELIX.runtime().failuresOf(other.serviceId()));
    }

    @Test
    void retriesAServiceThatCannotBeGot() {
        AtomicInteger attempts = new AtomicInteger();
        Object factory = Offer.newFactory(plain, "RecordingEcho");
        ServiceRegistration<?> registration = Offer.register(
                plain,
                new ServiceFactory<Object>() {
                    @Override
                    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
                        if (attempts.incrementAndGet() < 3) {
                            throw new IllegalStateException("not yet");
                        }
                        return factory;
                    }

                    @Override
                    public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
                        attempts.set(-1);
                    }
                },
                Map.of("reactor.port", 0));
        long serviceId = (Long) registration.getReference().getProperty(Constants.SERVICE_ID);

        RuntimeView.Failure failure = awaitFailure(serviceId);
        assertEquals(FailedEndpointDTO.REASON_SERVICE_NOT_GETTABLE, failure.reason());
        assertTrue(failure.message().contains("service " + serviceId), failure.message());

        int port = FELIX.awaitPort(serviceId, EndpointDTO.STATE_BOUND);
        assertEquals(3, attempts.get());
        assertEquals(List.of(), FELIX.runtime().failuresOf(serviceId));
        try (Client client = Client.connect(port)) {
            assertEquals("hello", client.ask("hello"));
        }

        registration.unregister();

        assertEquals(-1, attempts.get(), "the service was not given back");
    }

    private static RuntimeView.Failure awaitFailure(long serviceId) {
        return FELIX.awaitRuntime(
                        "a failure of service " + serviceId,
                        view -> !view.failuresOf(serviceId).isEmpty())
                .failuresOf(serviceId)
                .get(0);
    }
}
