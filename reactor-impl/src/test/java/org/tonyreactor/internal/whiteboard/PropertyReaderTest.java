package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tonyreactor.reactor.EndpointProperty;

class PropertyReaderTest {
    private static final EndpointProperty PORT = EndpointProperty.named("reactor.port");
    private static final EndpointProperty WEIGHT = EndpointProperty.named("reactor.weight");
    private static final EndpointProperty TAKEOVER = EndpointProperty.named("reactor.takeover");
    private static final EndpointProperty NAME = EndpointProperty.named("reactor.name");

    static Stream<Arguments> sevenAndEight() {
        return Stream.of(
                        new int[] {7, 8},
                        new long[] {7, 8},
                        new short[] {7, 8},
                        new Integer[] {7, 8, null},
                        new String[] {"7", " 8 "},
                        List.of(7L, "8"),
                        List.of(7, 7, 8),
                        List.of(7.0, "8.0"),
                        "7, 8",
                        " 7,8,7 ")
                .map(value -> Arguments.of(value));
    }

    @ParameterizedTest
    @MethodSource("sevenAndEight")
    void readsArraysCollectionsAndListsOfNumbers(Object value) {
        PropertyReader reader = new PropertyReader(Map.of("reactor.port", value));

        assertEquals(Set.of(7, 8), reader.all(PORT));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void readsOneValueOfEachType() {
        PropertyReader reader = new PropertyReader(
                Map.of("reactor.weight", "5", "reactor.takeover", new String[] {"TRUE"}, "reactor.name", " x "));

        assertEquals(5, reader.one(WEIGHT));
        assertEquals(true, reader.one(TAKEOVER));
        assertEquals("x", reader.one(NAME));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void givesTheDefaultForWhatIsMissingOrEmpty() {
        PropertyReader reader = new PropertyReader(Map.of("reactor.takeover", "", "reactor.weight", new int[0]));

        assertEquals(100, reader.one(WEIGHT));
        assertEquals(false, reader.one(TAKEOVER));
        assertEquals("", reader.one(NAME));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void namesPropertyValueAndRemedyOfAProblem() {
        PropertyReader reader = new PropertyReader(Map.of("reactor.weight", "99999999999999999999"));

        assertEquals(100, reader.one(WEIGHT));

        assertEquals(
                List.of("reactor.weight = 99999999999999999999 is out of range: set it from 0 to 100"),
                reader.problems());
    }

    @Test
    void refusesSeveralValuesWhereOneIsWanted() {
        PropertyReader reader = new PropertyReader(Map.of("reactor.weight", List.of(1, 2)));

        reader.one(WEIGHT);

        assertEquals(List.of("reactor.weight = [1, 2] has 2 values: give one"), reader.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "reactor.idle.timeout.millis, 10s, milliseconds, 10000",
        "reactor.idle.timeout.millis, 1.5 min, milliseconds, 90000",
        "reactor.idle.timeout.millis, 2h, milliseconds, 7200000",
        "reactor.input.max.bytes, 1 MiB, bytes, 1048576",
        "reactor.input.max.bytes, 64k, bytes, 65536",
        "reactor.output.max.bytes, 2GB, bytes, 2147483648",
        "reactor.weight, 10%, percent, 10",
    })
    void saysWhatToWriteForANumberWithAUnit(String name, String value, String unit, String number) {
        PropertyReader reader = new PropertyReader(Map.of(name, value));

        reader.one(EndpointProperty.named(name));

        assertEquals(
                List.of(name + " = " + value + " has a unit, and the property counts " + unit + ": write " + number),
                reader.problems());
    }

    @ParameterizedTest
    @CsvSource({"5 apples", "1.5", "s", "10ss", "-"})
    void refusesWhatIsNoWholeNumber(String value) {
        PropertyReader reader = new PropertyReader(Map.of("reactor.idle.timeout.millis", value));

        reader.one(EndpointProperty.named("reactor.idle.timeout.millis"));

        assertEquals(
                List.of("reactor.idle.timeout.millis = " + value + " is no whole number: set it from 0 to "
                        + Long.MAX_VALUE),
                reader.problems());
    }
}
