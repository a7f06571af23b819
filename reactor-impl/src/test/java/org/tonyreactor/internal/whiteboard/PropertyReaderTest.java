package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PropertyReaderTest {
    static Stream<Arguments> sevenAndEight() {
        return Stream.of(
                        new int[] {7, 8},
                        new long[] {7, 8},
                        new short[] {7, 8},
                        new Integer[] {7, 8, null},
                        new String[] {"7", " 8 "},
                        List.of(7L, "8"),
                        List.of(7, 7, 8),
                        List.of(7.0, "8.0"))
                .map(value -> Arguments.of(value));
    }

    @ParameterizedTest
    @MethodSource("sevenAndEight")
    void readsArraysAndCollectionsOfNumbers(Object value) {
        PropertyReader reader = new PropertyReader(Map.of("p", value));

        assertEquals(Set.of(7, 8), reader.numbers("p", 0, 10));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void readsScalars() {
        PropertyReader reader = new PropertyReader(Map.of("n", "5", "b", "TRUE", "t", " x "));

        assertEquals(5, reader.number("n", 1, 0, 10));
        assertTrue(reader.flag("b", false));
        assertEquals("x", reader.text("t", "y"));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void givesTheDefaultForWhatIsMissingOrEmpty() {
        PropertyReader reader = new PropertyReader(Map.of("empty", "", "none", new int[0]));

        assertEquals(3, reader.number("none", 3, 0, 10));
        assertEquals(3, reader.number("missing", 3, 0, 10));
        assertFalse(reader.flag("empty", false));
        assertEquals("y", reader.text("empty", "y"));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void namesPropertyValueAndRemedyOfAProblem() {
        PropertyReader reader = new PropertyReader(Map.of("n", "99999999999999999999"));

        assertEquals(3, reader.number("n", 3, 0, 10));

        assertEquals(List.of("n = 99999999999999999999 is out of range: set it from 0 to 10"), reader.problems());
    }

    @Test
    void refusesSeveralValuesWhereOneIsWanted() {
        PropertyReader reader = new PropertyReader(Map.of("n", List.of(1, 2)));

        reader.number("n", 3, 0, 10);

        assertEquals(List.of("n = [1, 2] has 2 values: give one"), reader.problems());
    }
}
