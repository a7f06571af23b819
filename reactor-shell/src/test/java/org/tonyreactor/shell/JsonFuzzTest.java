package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a snapshot has in it. Each line of the input is a value of a list: a text, a number behind {@code #}, a list
 * behind {@code [} that ends with {@code ]}; a text with {@code =} is a map with one entry.
 */
final class JsonFuzzTest {
    private static final int MOST_DEEP = 64;

    @FuzzTest(maxDuration = "1m")
    void isReadAsItWasWrittenAndIsPrintableOnOneLine(byte[] input) {
        List<Object> value = value(textOf(input));

        String json = Json.write(value);

        assertTrue(json.chars().allMatch(c -> c >= ' ' && c <= '~'), json);
        assertSame(value, StrictJson.parse(json));
    }

    private static void assertSame(@Nullable Object written, JsonElement read) {
        if (written instanceof List<?> list) {
            assertEquals(list.size(), read.getAsJsonArray().size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(list.get(i), read.getAsJsonArray().get(i));
            }
        } else if (written instanceof Map<?, ?> map) {
            assertEquals(map.size(), read.getAsJsonObject().size());
            map.forEach((key, entry) -> assertSame(entry, read.getAsJsonObject().get((String) key)));
        } else if (written instanceof Double number && Double.isFinite(number)) {
            assertEquals(number, read.getAsDouble());
        } else {
            assertEquals(String.valueOf(written), read.getAsString());
        }
    }

    private static List<Object> value(String text) {
        Deque<List<Object>> open = new ArrayDeque<>();
        List<Object> all = new ArrayList<>();
        open.push(all);
        for (String line : text.split("\n", -1)) {
            if (line.equals("[") && open.size() < MOST_DEEP) {
                List<Object> inner = new ArrayList<>();
                open.element().add(inner);
                open.push(inner);
            } else if (line.equals("]") && open.size() > 1) {
                open.pop();
            } else {
                open.element().add(single(line));
            }
        }
        return all;
    }

    private static Object single(String line) {
        if (line.startsWith("#")) {
            try {
                return Double.valueOf(line.substring(1));
            } catch (NumberFormatException e) {
                return line;
            }
        }
        int equals = line.indexOf('=');
        return equals < 0 ? line : new LinkedHashMap<>(Map.of(line.substring(0, equals), line.substring(equals + 1)));
    }

    /** Bytes that are no UTF-8 become halves of surrogate pairs. */
    static String textOf(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).replace('\uFFFD', '\uD83D');
    }
}
