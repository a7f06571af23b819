package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tonyreactor.internal.engine.binding.EngineSettings;

class ConfiguredSettingsTest {
    private static final EngineSettings IN_USE = new EngineSettings(3, 100, 200, 4_096, 16, 500, 700);

    @Test
    void readsEverySetting() {
        Map<String, Object> configuration = Map.of(
                "workers",
                3,
                "pool.initial.connections",
                "100",
                "pool.max.connections",
                200L,
                "read.buffer.bytes",
                4096,
                "accepts.per.turn",
                new int[] {16},
                "watchdog.warn.millis",
                "500",
                "stop.timeout.millis",
                700);

        assertEquals(IN_USE, ConfiguredSettings.read(configuration, EngineSettings.defaults()));
    }

    @Test
    void returnsToTheDefaultOfWhatIsNoLongerNamed() {
        assertEquals(EngineSettings.defaults(), ConfiguredSettings.read(Map.of("service.pid", "x"), IN_USE));
    }

    @ParameterizedTest
    @CsvSource({
        "workers, many",
        "workers, -1",
        "workers, 9999999999",
        "pool.initial.connections, 0",
        "pool.max.connections, -1",
        "read.buffer.bytes, 1",
        "accepts.per.turn, 0",
        "watchdog.warn.millis, soon",
        "stop.timeout.millis, -5",
    })
    void keepsWhatIsInUseWhereTheValueIsBad(String name, String value) {
        Map<String, Object> configuration = new HashMap<>(Map.of(
                "workers", 3,
                "pool.initial.connections", 100,
                "pool.max.connections", 200,
                "read.buffer.bytes", 4096,
                "accepts.per.turn", 16,
                "watchdog.warn.millis", 500,
                "stop.timeout.millis", 700));
        configuration.put(name, value);

        assertEquals(IN_USE, ConfiguredSettings.read(configuration, IN_USE));
    }

    @Test
    void metatypeStatesTheNamesAndDefaultsOfTheEngine() {
        Map<String, Object> stated = new HashMap<>();
        for (Method attribute : EngineConfiguration.class.getDeclaredMethods()) {
            stated.put(attribute.getName().replace('_', '.'), attribute.getDefaultValue());
        }

        assertEquals(7, stated.size());
        assertEquals(EngineSettings.defaults(), ConfiguredSettings.read(stated, IN_USE));
    }
}
