package org.tonyreactor.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Whatever values are given to an endpoint: lines of a name, {@code =} and a value, whose type is that of its text. */
class EndpointSettingsFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void keepsWhatIsWithinTheBoundsAndRefusesTheRestInOneLine(byte[] input) {
        Map<EndpointProperty, Object> given = given(new String(input, StandardCharsets.UTF_8));
        EndpointSettings settings;
        try {
            settings = EndpointSettings.DEFAULTS.withValues(given);
        } catch (IllegalArgumentException refused) {
            String message = String.valueOf(refused.getMessage());
            assertFalse(message.contains("\n"), message);
            assertTrue(message.contains("set "), message);
            return;
        }

        given.forEach((property, value) -> assertEquals(value, settings.value(property)));
        assertTrue(settings.output().lowBytes() <= settings.output().highBytes());
        assertTrue(settings.output().highBytes() <= settings.output().maxBytes());
        EndpointSettings again = EndpointSettings.DEFAULTS.withValues(
                EndpointProperty.all().stream().collect(Collectors.toMap(property -> property, settings::value)));
        assertEquals(settings, again);
        assertEquals(settings.hashCode(), again.hashCode());
        assertEquals(settings.toString(), again.toString());
        assertEquals(settings, settings.withOutput(settings.output()).withAddress(settings.address()));
    }

    private static Map<EndpointProperty, Object> given(String text) {
        Map<EndpointProperty, Object> given = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] nameAndValue = line.split("=", 2);
            EndpointProperty property;
            try {
                property = EndpointProperty.named(nameAndValue[0]);
            } catch (IllegalArgumentException unknown) {
                continue;
            }
            given.put(property, value(nameAndValue.length == 1 ? "" : nameAndValue[1]));
        }
        return given;
    }

    private static Object value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        try {
            return text.endsWith("L")
                    ? (Object) Long.valueOf(text.substring(0, text.length() - 1))
                    : (Object) Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
