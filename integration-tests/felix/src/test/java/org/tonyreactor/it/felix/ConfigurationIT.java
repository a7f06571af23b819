package org.tonyreactor.it.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.tonyreactor.it.FreePort;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.whiteboard.ReactorConstants;

/** Settings change under load, and properties are wrong in every way. */
public class ConfigurationIT extends ReactorExam {
    private static final int ACTIVE_PEERS = 4;
    private static final int CHANGES = 20;

    @Rule
    public final Deployment deployment = new Deployment();

    @Test
    public void appliesSettingsOfTheEngineUnderLoad() throws Exception {
        Bundle signer = deployment.startSigner("a");
        int port = runtime.awaitPort(signer);
        try (ActivePeers peers = new ActivePeers(ACTIVE_PEERS, port, "a 1.0.0: ")) {
            peers.awaitAnswers();
            for (int i = 1; i <= CHANGES; i++) {
                deployment.configure(
                        ReactorConstants.ENGINE_PID,
                        Map.of("read.buffer.bytes", 1024 * i, "accepts.per.turn", i, "stop.timeout.millis", "x"));
                peers.awaitAnswers();
            }

            deployment.configure(ReactorConstants.ENGINE_PID, Map.of("pool.max.connections", ACTIVE_PEERS));

            runtime.await("nobody more is taken", now -> isFull(port) && now.exhausted > 0);
            peers.awaitAnswers();
            assertEquals(0, peers.endings());
        }
    }

    @Test
    public void appliesTheConfigurationOfAnEndpointUnderLoad() throws Exception {
        Bundle signer = deployment.startSigner("a");
        int port = runtime.awaitPort(signer);
        try (ActivePeers peers = new ActivePeers(ACTIVE_PEERS, port, "a 1.0.0: ")) {
            peers.awaitAnswers();
            for (int i = 1; i <= CHANGES; i++) {
                String name = "name-" + i;
                deployment.configure(
                        "a",
                        Map.of(
                                "reactor.name",
                                name,
                                "reactor.port",
                                0,
                                "reactor.hold.timeout.millis",
                                0,
                                "reactor.connections.max",
                                ACTIVE_PEERS + i % 2));
                runtime.await(
                        name,
                        now -> Stream.of(now.endpointDTOs)
                                .anyMatch(each -> each.name.equals(name) && each.port == port));
                peers.awaitAnswers();
            }
            assertEquals(0, peers.endings());
        }
    }

    @Test
    public void servesEchoAtOnePortMoreUnderLoadAndAnswersNothingWrong() throws Exception {
        Bundle echo = deployment.installEcho();
        echo.start();
        int from = runtime.awaitPort(echo);
        int to = FreePort.find();
        try (ActivePeers peers = new ActivePeers(ACTIVE_PEERS, from, "")) {
            peers.awaitAnswers();

            deployment.configure(
                    Deployment.ECHO_PID,
                    Map.of("reactor.port", new int[] {from, to}, "reactor.hold.timeout.millis", 0));

            runtime.await("both ports", now -> Stream.of(now.endpointDTOs).anyMatch(each -> each.port == to));
            assertEquals("hello", LineClient.askOnce(to, "hello"));
            peers.awaitAnswers();
        }
    }

    @Test
    public void keepsTheLastGoodSettingsOfAServiceThatIsModified() throws Exception {
        Bundle signer = deployment.startSigner("a");
        int port = runtime.awaitPort(signer);
        try (ActivePeers peers = new ActivePeers(ACTIVE_PEERS, port, "a 1.0.0: ")) {
            peers.awaitAnswers();

            deployment.configure("a", Map.of("reactor.port", "none"));

            assertInForce(runtime.awaitFailure(signer), "reactor.port = none is no whole number");
            peers.awaitAnswers();
            assertEquals(0, peers.endings());
            assertEquals(port, runtime.awaitPort(signer));
        }
    }

    /** The sample has no {@code @Modified} method: the component runtime registers a new service each time. */
    @Test
    public void keepsTheLastGoodSettingsOfAComponentThatIsRegisteredAnew() throws Exception {
        Bundle echo = deployment.installEcho();
        int port = FreePort.find();
        deployment.configure(Deployment.ECHO_PID, Map.of("reactor.port", port));
        echo.start();
        assertEquals(port, runtime.awaitPort(echo));

        deployment.configure(Deployment.ECHO_PID, Map.of("reactor.port", FreePort.find(), "reactor.weight", "200"));

        assertInForce(runtime.awaitFailure(echo), "reactor.weight = 200 is out of range");
        assertEquals("hello", LineClient.askOnce(port, "hello"));

        deployment.configure(Deployment.ECHO_PID, Map.of("reactor.port", port, "reactor.hold.timeout.millis", 0));

        runtime.await("no failure", now -> now.failedEndpointDTOs.length == 0);
        assertEquals(port, runtime.awaitPort(echo));
        assertEquals("hello", LineClient.askOnce(port, "hello"));
    }

    @Test
    public void saysOfEachWrongPropertyWhatIsWrong() throws Exception {
        Bundle signer = deployment.startSigner("a");
        List<ServiceRegistration<?>> wrong = new ArrayList<>();
        try {
            WrongProperties.all()
                    .forEach((property, values) -> values.forEach(value -> {
                        wrong.add(offer(property, value));
                        awaitFailure(wrong.get(wrong.size() - 1), property);
                    }));

            Set<Object> ids = wrong.stream()
                    .map(each -> each.getReference().getProperty(Constants.SERVICE_ID))
                    .collect(Collectors.toSet());
            RuntimeDTO said = runtime.now().orElseThrow();
            assertEquals(
                    wrong.size(),
                    Stream.of(said.failedEndpointDTOs)
                            .map(each -> each.serviceId)
                            .distinct()
                            .count());
            // What a test before this one has served may still be closing: only these services may have no endpoint.
            assertEquals(
                    0,
                    Stream.of(said.endpointDTOs)
                            .filter(each -> ids.contains(each.serviceId))
                            .count());
            assertEquals("a 1.0.0: x", LineClient.askOnce(runtime.awaitPort(signer), "x"));
        } finally {
            wrong.forEach(ServiceRegistration::unregister);
        }
        runtime.await("no failures", now -> now.failedEndpointDTOs.length == 0);
    }

    private static void assertInForce(FailedEndpointDTO failure, String problem) {
        assertEquals(FailedEndpointDTO.REASON_VALIDATION_FAILED, failure.reason);
        assertTrue(failure.message, failure.message.startsWith(problem));
        assertTrue(failure.message, failure.message.contains("the last good settings stay in force"));
    }

    private ServiceRegistration<?> offer(String property, Object value) {
        Map<String, Object> properties = new HashMap<>(Map.of("reactor.port", 0));
        properties.put(property, value);
        return context.registerService(ProtocolFactory.class, peer -> null, FrameworkUtil.asDictionary(properties));
    }

    private void awaitFailure(ServiceRegistration<?> registration, String property) {
        Object id = registration.getReference().getProperty(Constants.SERVICE_ID);
        runtime.await(
                "a failure that names " + property,
                now -> Stream.of(now.failedEndpointDTOs)
                        .anyMatch(each -> id.equals(each.serviceId)
                                && each.reason == FailedEndpointDTO.REASON_VALIDATION_FAILED
                                && each.message.contains(property)));
    }

    /** Whether one peer more than the active ones is sent away. */
    private static boolean isFull(int port) {
        try {
            LineClient.askOnce(port, "one too many");
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
