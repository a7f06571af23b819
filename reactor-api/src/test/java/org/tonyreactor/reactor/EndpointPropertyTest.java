package org.tonyreactor.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tonyreactor.reactor.EndpointProperty.Group;
import org.tonyreactor.reactor.EndpointProperty.Kind;

/** A property is declared once; all else follows from that, or is missed by name. */
class EndpointPropertyTest {
    private static final EndpointProperty MADE_UP = new EndpointProperty(
            Group.OUTPUT, "reactor.output.lag.millis", 7L, Kind.number("milliseconds", 1, 99), "What it is for.");

    @Test
    void everyPropertyHasAnAnnotationMemberAndAccessors() {
        assertEquals(List.of(), MissingLines.of(EndpointProperty.all()));
    }

    @Test
    void namesTheLinesThatAMadeUpPropertyMisses() {
        assertEquals(
                List.of(
                        "@OutputLimits: long[] lag_millis() default {};",
                        "EndpointSettings.Output: public long lagMillis()",
                        "EndpointSettings.Output: public Output withLagMillis(long value)"),
                MissingLines.of(List.of(MADE_UP)));
    }

    @Test
    void everyAnnotationMemberIsOfAProperty() {
        MissingLines.ANNOTATIONS.forEach((group, annotation) -> assertEquals(
                EndpointProperty.all().stream()
                        .filter(property -> MissingLines.annotation(property) == annotation)
                        .map(MissingLines::member)
                        .sorted()
                        .toList(),
                Arrays.stream(annotation.getDeclaredMethods())
                        .map(Method::getName)
                        .sorted()
                        .toList()));
    }

    @Test
    void everyAnnotationHasThePrefixOfItsGroup() throws ReflectiveOperationException {
        for (Map.Entry<Group, Class<? extends java.lang.annotation.Annotation>> each :
                MissingLines.ANNOTATIONS.entrySet()) {
            assertEquals(
                    each.getKey().prefix, each.getValue().getField("PREFIX_").get(null));
        }
    }

    @Test
    void everyAccessorReadsAndChangesItsOwnProperty() throws ReflectiveOperationException {
        for (EndpointProperty property : EndpointProperty.all()) {
            if (property.group() != Group.SERVICE) {
                Object other = other(property);
                EndpointSettings changed = EndpointSettings.DEFAULTS.withValues(Map.of(property, other));

                assertEquals(other, changed.value(property));
                assertEquals(other, read(changed, property), property::name);
                assertEquals(changed, with(property, other), property::name);
            }
        }
    }

    @Test
    void tableHasARowForAMadeUpProperty() {
        assertTrue(PropertyTable.of(List.of(MADE_UP))
                .endsWith(
                        "\n| `reactor.output.lag.millis` | `@OutputLimits(lag_millis)` | milliseconds, 1 to 99 | `7` |"
                                + " What it is for. |\n"));
    }

    /** When it fails, {@code target/endpoint-properties.md} is what the page has to have between its marks. */
    @Test
    void tableOfTheDocumentationIsMadeOfTheDeclarations() throws IOException {
        String table = PropertyTable.of(EndpointProperty.all());
        Files.writeString(Path.of("target/endpoint-properties.md"), table);
        String page = Files.readString(Path.of("../docs/guide/endpoints.md"));

        assertEquals(table, page.substring(page.indexOf("| property |"), page.lastIndexOf("|\n") + 2));
    }

    @Test
    void saysWhatIsAllowed() {
        EndpointProperty weight = EndpointProperty.named("reactor.weight");

        assertEquals(
                "reactor.weight = 101 is out of range: set it from 0 to 100",
                assertThrows(IllegalArgumentException.class, () -> weight.checked(101))
                        .getMessage());
        assertEquals(
                "reactor.weight = 5 is a Long: set it to a Integer",
                assertThrows(IllegalArgumentException.class, () -> weight.checked(5L))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> EndpointProperty.named("reactor.wait"));
    }

    private static Object other(EndpointProperty property) {
        Object byDefault = property.byDefault();
        if (byDefault instanceof Boolean flag) {
            return !flag;
        }
        if (byDefault instanceof Long number) {
            return number + 1;
        }
        return byDefault instanceof Integer number ? (Object) (number == 100 ? 99 : number + 1) : byDefault + "x";
    }

    private static Object part(EndpointSettings settings, EndpointProperty property)
            throws ReflectiveOperationException {
        return EndpointSettings.class
                .getMethod(property.group().name().toLowerCase(java.util.Locale.ROOT))
                .invoke(settings);
    }

    private static Object read(EndpointSettings settings, EndpointProperty property)
            throws ReflectiveOperationException {
        Object part = part(settings, property);
        return part.getClass().getMethod(MissingLines.accessor(property)).invoke(part);
    }

    private static Object with(EndpointProperty property, Object value) throws ReflectiveOperationException {
        Object part = part(EndpointSettings.DEFAULTS, property);
        String accessor = MissingLines.accessor(property);
        String name = "with" + Character.toUpperCase(accessor.charAt(0)) + accessor.substring(1);
        Method with = Arrays.stream(part.getClass().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
        Object changed = with.invoke(part, value);
        return EndpointSettings.class
                .getMethod("with" + part.getClass().getSimpleName(), part.getClass())
                .invoke(EndpointSettings.DEFAULTS, changed);
    }
}
