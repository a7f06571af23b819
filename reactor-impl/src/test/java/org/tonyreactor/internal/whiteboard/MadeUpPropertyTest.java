package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.MadeUpProperty;

/**
 * A property that is declared is known to all that is made of the declarations: the parser and Metatype here; the check of
 * annotations and accessors, and the table of the documentation, in {@code EndpointPropertyTest} of the API.
 */
class MadeUpPropertyTest {
    private static final String LAG = MadeUpProperty.LAG.name();

    private final List<EndpointProperty> declared = MadeUpProperty.besideTheOthers();
    private final DeclarationReader reader = new DeclarationReader(declared, Map.of("reactor.engine.name", "default"));

    @Test
    void isRead() {
        assertEquals(
                12L,
                reader.read(Map.of("reactor.port", 1, LAG, "12"))
                        .endpoints()
                        .get(0)
                        .value(MadeUpProperty.LAG));
        assertEquals(
                7L, reader.read(Map.of("reactor.port", 1)).endpoints().get(0).value(MadeUpProperty.LAG));
    }

    @Test
    void isRefusedWithABadValue() {
        EndpointDeclaration bad = reader.read(Map.of("reactor.port", 1, LAG, 100));

        assertEquals(List.of(), bad.endpoints());
        assertEquals(
                LAG + " = 100 is out of range: set it from 1 to 99 (service -1 of bundle -1)",
                bad.failures().get(0).message());
    }

    @Test
    void isMeantByWhoeverMistypesIt() {
        assertEquals(
                List.of("reactor.output.lga.millis is unknown and ignored: did you mean " + LAG + "?"),
                reader.read(Map.of("reactor.port", 1, "reactor.output.lga.millis", 1))
                        .warnings());
    }

    @Test
    void isDescribedToTools() {
        DescribedFactories factories = new DescribedFactories();
        factories.add(new FakeOffer(1, Map.of("component.name", "acme"), () -> peer -> null));

        AttributeDefinition lag = Stream.of(new EndpointMetatype(declared, factories)
                        .getObjectClassDefinition("acme", null)
                        .getAttributeDefinitions(ObjectClassDefinition.OPTIONAL))
                .filter(each -> each.getID().equals(LAG))
                .findFirst()
                .orElseThrow();

        assertEquals("Output lag (milliseconds)", lag.getName());
        assertEquals("What it is for. From 1 to 99.", lag.getDescription());
        assertEquals(AttributeDefinition.LONG, lag.getType());
        assertArrayEquals(new String[] {"7"}, lag.getDefaultValue());
        assertEquals("", lag.validate("99"));
        assertEquals(LAG + " = 100 is out of range: set it from 1 to 99", lag.validate("100"));
    }
}
