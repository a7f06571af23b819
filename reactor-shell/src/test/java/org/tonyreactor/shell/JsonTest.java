package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Read back by another's parser. */
final class JsonTest {
    private static final int ROUNDS = 2_000;

    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"b\" \\ c\n\t\0");
        value.put("list", List.of(1, -2L, 1.5, true));
        value.put("map", Map.of("nested", List.of()));
        value.put("nothing", null);
        value.put("noNumber", Double.NaN);

        String json = Json.write(value);

        assertEquals(
                "{\"text\":\"a \\\"b\\\" \\\\ c\\u000a\\u0009\\u0000\",\"list\":[1,-2,1.5,true],"
                        + "\"map\":{\"nested\":[]},\"nothing\":null,\"noNumber\":\"NaN\"}",
                json);
        assertTrue(StrictJson.parse(json).isJsonObject());
    }

    @Test
    void keepsEveryText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = Texts.any(random, 40);

            JsonElement read = StrictJson.parse(Json.write(Map.of(text, text)));

            assertEquals(text, read.getAsJsonObject().get(text).getAsString(), "seed " + seed);
        }
    }

    @Test
    void isAsciiOnOneLine() {
        String json = Json.write(Arrays.asList("\u8fde\u63a5 \ud83d\ude00\u2028\n", null));

        assertTrue(json.chars().allMatch(c -> c >= ' ' && c <= '~'), json);
    }
}
