package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.tonyreactor.reactor.EndpointProperty;

/** What tools that configure are told of the properties of endpoints. */
class EndpointMetatypeTest {
    private static final String ACME = "acme.Chat";

    private final DescribedFactories factories = new DescribedFactories();
    private final EndpointMetatype metatype = new EndpointMetatype(EndpointProperty.all(), factories);

    @Test
    void knowsAComponentByItsNameUntilItHasAConfiguration() {
        FakeOffer offer = offer(1, Map.of("component.name", ACME));
        assertEquals(List.of(ACME), factories.pids());

        offer.modify(Map.of("component.name", ACME, "service.pid", "acme.chat"));
        assertEquals(List.of("acme.chat"), factories.pids());

        offer.modify(Map.of("component.name", ACME, "service.pid", List.of("acme.chat", "acme.common")));
        assertEquals(List.of("acme.chat", "acme.common"), factories.pids());
        assertEquals(List.of(), factories.factoryPids());
    }

    @Test
    void knowsComponentsOfFactoryConfigurationsByTheirFactoryPidOnce() {
        offer(1, Map.of("component.name", ACME, "service.pid", "acme~one", "service.factoryPid", "acme"));
        offer(2, Map.of("component.name", ACME, "service.pid", "acme~two", "service.factoryPid", "acme"));

        assertEquals(List.of(), factories.pids());
        assertEquals(List.of("acme"), factories.factoryPids());
    }

    @Test
    void forgetsAComponentThatGoes() {
        offer(1, Map.of("component.name", ACME));
        metatype.getObjectClassDefinition(ACME, null);

        factories.remove(1);

        assertEquals(List.of(), factories.pids());
        assertThrows(IllegalArgumentException.class, () -> metatype.getObjectClassDefinition(ACME, null));
    }

    @Test
    void leavesToABundleWhatItDescribesItself() {
        FakeOffer offer = offer(1, Map.of("component.name", ACME));
        offer.ownDescriptions = Set.of(ACME);
        offer(2, Map.of("component.name", "acme.Other"));

        assertEquals(List.of("acme.Other"), factories.pids());
        assertThrows(IllegalArgumentException.class, () -> metatype.getObjectClassDefinition(ACME, null));
    }

    @Test
    void describesNobodyWhoHasNeitherConfigurationNorComponent() {
        offer(1, Map.of("reactor.port", 7007));

        assertEquals(List.of(), factories.pids());
    }

    @Test
    void describesEveryDeclaredProperty() {
        offer(1, Map.of("component.name", ACME));

        ObjectClassDefinition description = metatype.getObjectClassDefinition(ACME, "de");

        assertEquals(ACME, description.getID());
        assertEquals("tonyReactor endpoint acme.Chat", description.getName());
        assertEquals(
                EndpointProperty.all().stream().map(EndpointProperty::name).toList(),
                ids(description, ObjectClassDefinition.ALL));
        assertEquals(List.of("reactor.port"), ids(description, ObjectClassDefinition.REQUIRED));
        assertEquals(
                EndpointProperty.all().size() - 1,
                ids(description, ObjectClassDefinition.OPTIONAL).size());
        assertNull(metatype.getLocales());
    }

    @ParameterizedTest
    @CsvSource({
        "reactor.port, Port, 3, 2147483647,",
        "reactor.host, Host, 1, 2147483647, 127.0.0.1",
        "reactor.name, Name, 1, 0,",
        "reactor.backlog, Backlog, 3, 0, 4096",
        "reactor.hold.timeout.millis, Hold timeout (milliseconds), 2, 0, 30000",
        "reactor.input.max.bytes, Input max (bytes), 3, 0, 1048576",
        "reactor.quarantine.percent, Quarantine (percent), 3, 0, 25",
        "reactor.tcp.nodelay, Tcp nodelay, 11, 0, true",
        "reactor.input.rate.max.bytes.per.second, , , ,",
    })
    void describesNameTypeAndDefault(
            String property, String name, Integer type, Integer cardinality, String byDefault) {
        offer(1, Map.of("component.name", ACME));
        List<AttributeDefinition> found = Stream.of(metatype.getObjectClassDefinition(ACME, null)
                        .getAttributeDefinitions(ObjectClassDefinition.ALL))
                .filter(each -> each.getID().equals(property))
                .toList();
        if (name == null) {
            assertEquals(List.of(), found); // It is not declared, so nobody is told of it.
            return;
        }

        AttributeDefinition only = found.get(0);
        assertEquals(name, only.getName());
        assertEquals(type, only.getType());
        assertEquals(cardinality, only.getCardinality());
        assertArrayEquals(byDefault == null ? null : new String[] {byDefault}, only.getDefaultValue());
    }

    @Test
    void describesBoundsInWords() {
        assertEquals(
                "How many of the new connections that reach this factory it takes; the others go to the next in rank."
                        + " From 0 to 100.",
                attribute("reactor.weight").getDescription());
        assertEquals(
                "How long connections have to finish when their factory goes; 0 ends them at once. From 0.",
                attribute("reactor.drain.timeout.millis").getDescription());
        assertEquals(
                "TCP_NODELAY: small writes are sent at once.",
                attribute("reactor.tcp.nodelay").getDescription());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reactor.weight | 100 | ''",
                "reactor.weight | 101 | reactor.weight = 101 is out of range: set it from 0 to 100",
                "reactor.port | 7007, 7008 | ''",
                "reactor.port | 7007, x | reactor.port = x is no whole number: set it from 0 to 65535",
                "reactor.tcp.nodelay | yes | reactor.tcp.nodelay = yes is no boolean: set it to true or false",
                "reactor.drain.timeout.millis | 10s | reactor.drain.timeout.millis = 10s has a unit, and the property counts"
                        + " milliseconds: write 10000",
                "reactor.name | anything | ''",
            })
    void refusesAValueInTheWordsOfWhoeverReadsTheConfiguration(String property, String value, String sentence) {
        assertEquals(sentence, attribute(property).validate(value));
    }

    /** Else a tool that saves all that it shows would undo what the component's author has set. */
    @Test
    void startsFromWhatIsInForce() {
        offer(
                1,
                Map.of(
                        "component.name",
                        ACME,
                        "reactor.port",
                        new int[] {7007, 7008},
                        "reactor.weight",
                        "x",
                        "reactor.tcp.nodelay",
                        new boolean[] {false}));
        ObjectClassDefinition description = metatype.getObjectClassDefinition(ACME, null);

        assertArrayEquals(
                new String[] {"7007", "7008"}, attribute("reactor.port").getDefaultValue());
        assertArrayEquals(
                new String[] {"false"}, attribute("reactor.tcp.nodelay").getDefaultValue());
        assertArrayEquals(new String[] {"100"}, attribute("reactor.weight").getDefaultValue());
        assertNull(description.getAttributeDefinitions(ObjectClassDefinition.REQUIRED));
    }

    private AttributeDefinition attribute(String name) {
        if (factories.pids().isEmpty()) {
            offer(1, Map.of("component.name", ACME));
        }
        return Stream.of(metatype.getObjectClassDefinition(ACME, null)
                        .getAttributeDefinitions(ObjectClassDefinition.ALL))
                .filter(each -> each.getID().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(ObjectClassDefinition description, int filter) {
        return Stream.of(description.getAttributeDefinitions(filter))
                .map(AttributeDefinition::getID)
                .toList();
    }

    private FakeOffer offer(long serviceId, Map<String, Object> properties) {
        FakeOffer offer = new FakeOffer(serviceId, properties, () -> peer -> null);
        factories.add(offer);
        return offer;
    }
}
