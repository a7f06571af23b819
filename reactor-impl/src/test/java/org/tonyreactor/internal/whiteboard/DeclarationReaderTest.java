package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

class DeclarationReaderTest {
    private static final Map<String, ?> ENGINE = Map.of("reactor.engine.name", "default");

    @Test
    void hasTheDefaultsOfTheApi() {
        EndpointDeclaration declaration = read(Map.of("reactor.port", 7007));

        assertEquals(
                List.of(EndpointSettings.DEFAULTS.withAddress(
                        Address.DEFAULTS.withPort(7007).withName("service-12"))),
                declaration.endpoints());
        assertEquals(new Rank(0, 12, 3), declaration.rank());
    }

    @Test
    void readsWhatIsGivenForEachDeclaredProperty() {
        EndpointDeclaration declaration =
                read(Map.of("reactor.port", 7007, "reactor.output.high.bytes", "70000", "reactor.weight", 5));

        EndpointSettings settings = declaration.endpoints().get(0);
        assertEquals(Output.DEFAULTS.withHighBytes(70_000), settings.output());
        assertEquals(5, settings.share().weight());
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
                addresses(declaration));
    }

    @Test
    void readsListsAsAConfigurationFileHasThem() {
        EndpointDeclaration declaration =
                read(Map.of("reactor.host", "127.0.0.1,127.0.0.2 ", "reactor.port", "24052, 24053"));

        assertEquals(
                List.of("127.0.0.1:24052", "127.0.0.1:24053", "127.0.0.2:24052", "127.0.0.2:24053"),
                addresses(declaration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\u00EF\u00BB\u00BF"})
    void readsFilesWithAByteOrderMarkAndCarriageReturns(String mark) {
        EndpointDeclaration declaration = read(Map.of(mark + "reactor.port", "7007 \r", "reactor.weight\t", " 50\r"));

        assertEquals(List.of("127.0.0.1:7007"), addresses(declaration));
        assertEquals(50, declaration.endpoints().get(0).share().weight());
        assertEquals(List.of(), declaration.warnings());
    }

    @Test
    void countsARankingThatIsAString() {
        assertEquals(
                new Rank(50, 12, 3),
                read(Map.of("reactor.port", 1, "service.ranking", "50")).rank());
        assertTrue(read(Map.of("reactor.port", 1, "service.ranking", "high"))
                .failures()
                .get(0)
                .message()
                .startsWith("service.ranking = high is no whole number"));
    }

    @Test
    void namesTheNearestOfAnUnknownProperty() {
        EndpointDeclaration declaration = read(Map.of("reactor.port", 1, "reactor.hold.timeout", 0, "other", 1));

        assertEquals(
                List.of("reactor.hold.timeout is unknown and ignored: did you mean reactor.hold.timeout.millis?"),
                declaration.warnings());
        assertEquals(1, declaration.endpoints().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactor.tls.protocols", "reactor.allow", "reactor.input.rate.max.bytes.per.second"})
    void refusesWhatALaterVersionWillServe(String name) {
        EndpointDeclaration declaration = read(Map.of("reactor.port", 1, name, "x"));

        assertEquals(List.of(), declaration.endpoints());
        assertTrue(declaration.failures().get(0).message().startsWith(name + " is reserved"));
    }

    @Test
    void refusesWaterMarksThatAreOutOfOrder() {
        EndpointDeclaration declaration = read(Map.of("reactor.port", 1, "reactor.output.low.bytes", 1 << 20));

        assertEquals(1, declaration.failures().size());
        assertTrue(declaration.failures().get(0).message().contains("low <= high <= max"));
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

    private static List<String> addresses(EndpointDeclaration declaration) {
        return declaration.endpoints().stream()
                .map(EndpointSettings::address)
                .map(each -> each.host() + ":" + each.port())
                .toList();
    }

    private static EndpointDeclaration read(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("service.id", 12L);
        all.put("service.bundleid", 3L);
        return new DeclarationReader(EndpointProperty.all(), ENGINE).read(all);
    }
}
