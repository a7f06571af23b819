package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

class EndpointDeclarationTest {
    private static final Map<String, ?> ENGINE = Map.of("reactor.engine.name", "default");

    @Test
    void hasTheDefaultsOfTheApi() {
        EndpointDeclaration declaration = read(Map.of("reactor.port", 7007));

        assertEquals(
                List.of(EndpointSettings.port(7007).toBuilder()
                        .name("service-12")
                        .build()),
                declaration.endpoints());
        assertEquals(new Rank(0, 12, 3), declaration.rank());
    }

    @Test
    void isNamedAfterItsComponentUnlessItHasANameOfItsOwn() {
        assertEquals(
                "acme",
                read(Map.of("component.name", "acme", "reactor.name", "")).name());
        assertEquals(
                "mine",
                read(Map.of("component.name", "acme", "reactor.name", "mine")).name());
    }

    @Test
    void servesEveryHostWithEveryPortOnce() {
        EndpointDeclaration declaration = read(Map.of(
                "reactor.host", List.of("127.0.0.1", "127.0.0.2"), "reactor.port", new int[] {7007, 7008, 7007}));

        assertEquals(
                List.of("127.0.0.1:7007", "127.0.0.1:7008", "127.0.0.2:7007", "127.0.0.2:7008"),
                declaration.endpoints().stream()
                        .map(each -> each.host() + ":" + each.port())
                        .toList());
    }

    @Test
    void reportsEveryProblemAtOnce() {
        EndpointDeclaration declaration = read(Map.of("reactor.port", "x", "reactor.backlog", 0));

        assertEquals(List.of(), declaration.endpoints());
        assertEquals(2, declaration.failures().size());
        FailedEndpoint failure = declaration.failures().get(0);
        assertEquals(FailedEndpointDTO.REASON_VALIDATION_FAILED, failure.reason());
        assertEquals(-1, failure.port());
        assertTrue(failure.message().endsWith("(service 12 of bundle 3)"), failure.message());
    }

    @Test
    void isNeitherServedNorFailedForAnotherEngine() {
        EndpointDeclaration declaration = read(Map.of("reactor.target", "(reactor.engine.name=other)"));

        assertEquals(List.of(), declaration.endpoints());
        assertEquals(List.of(), declaration.failures());
    }

    private static EndpointDeclaration read(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("service.id", 12L);
        all.put("service.bundleid", 3L);
        return EndpointDeclaration.read(all, ENGINE);
    }
}
