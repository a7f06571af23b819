package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.EndpointSettings;

/** Whatever is written in the configuration of a factory, as a file of {@code conf/} has it. */
class DeclarationFuzzTest {
    private final DeclarationReader reader =
            new DeclarationReader(EndpointProperty.all(), Map.of("reactor.engine.name", "default"));

    @FuzzTest(maxDuration = "1m")
    void isServedAsItIsWrittenOrRefusedInALineForEachFault(byte[] input) throws IOException {
        Map<String, Object> written = written(input);

        EndpointDeclaration declaration = reader.read(written);

        for (FailedEndpoint failure : declaration.failures()) {
            assertEquals(1, failure.message().lines().count(), failure.message());
            assertNotEquals("", failure.message());
        }
        assertTrue(declaration.failures().isEmpty() || declaration.endpoints().isEmpty());
        for (EndpointSettings endpoint : declaration.endpoints()) {
            assertEquals(List.of(endpoint), reader.read(textOf(endpoint)).endpoints());
        }
    }

    /** Settings as they are written in a file. */
    private static Map<String, Object> textOf(EndpointSettings settings) {
        return EndpointProperty.all().stream()
                .collect(Collectors.toMap(
                        EndpointProperty::name,
                        property -> settings.value(property).toString()));
    }

    static Map<String, Object> written(byte[] input) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(input, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noFile) {
            return Map.of();
        }
        Map<String, Object> written = new TreeMap<>();
        properties.forEach((name, value) -> written.put((String) name, value));
        return written;
    }
}
