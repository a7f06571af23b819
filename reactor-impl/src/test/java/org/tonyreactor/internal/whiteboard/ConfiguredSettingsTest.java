package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tonyreactor.internal.engine.LogFixture;
import org.tonyreactor.internal.engine.binding.EngineSettings;

class ConfiguredSettingsTest {
    private static final EngineSettings IN_USE =
            new EngineSettings(3, 100, 200, 4_096, 16, 500, 700, new EngineSettings.Memory(8_000_000, 60));

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
                700,
                "memory.max.bytes",
                "8000000",
                "memory.high.percent",
                60);

        assertEquals(IN_USE, new ConfiguredSettings().read(configuration, EngineSettings.defaults()));
    }

    @Test
    void returnsToTheDefaultOfWhatIsNoLongerNamed() {
        assertEquals(EngineSettings.defaults(), new ConfiguredSettings().read(Map.of("service.pid", "x"), IN_USE));
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
        "memory.max.bytes, 1000",
        "memory.max.bytes, 64m",
        "memory.high.percent, 0",
        "memory.high.percent, 101",
    })
    void keepsWhatIsInUseWhereTheValueIsBad(String name, String value) {
        assertEquals(IN_USE, new ConfiguredSettings().read(in(name, value), IN_USE));
    }

    private static Map<String, Object> in(String name, String value) {
        Map<String, Object> configuration = new HashMap<>(Map.of(
                "workers", 3,
                "pool.initial.connections", 100,
                "pool.max.connections", 200,
                "read.buffer.bytes", 4096,
                "accepts.per.turn", 16,
                "watchdog.warn.millis", 500,
                "stop.timeout.millis", 700,
                "memory.max.bytes", 8_000_000,
                "memory.high.percent", 60));
        configuration.put(name, value);
        return configuration;
    }

    @Test
    void namesTheNearestOfAnUnknownSettingOnce() {
        ConfiguredSettings configured = new ConfiguredSettings();
        Map<String, Object> configuration = Map.of(
                "worker",
                3,
                "service.pid",
                "x",
                "felix.fileinstall.filename",
                "y",
                "\uFEFF# a comment",
                "",
                "osgi.ds.satisfying.condition.target",
                "(osgi.condition.id=true)");
        try (LogFixture log = new LogFixture()) {
            assertEquals(EngineSettings.defaults(), configured.read(configuration, IN_USE));
            configured.read(configuration, IN_USE);

            assertEquals(
                    List.of(
                            "worker is unknown in the configuration org.tonyreactor and ignored: did you mean workers?"),
                    log.text()
                            .lines()
                            .map(line -> line.replaceFirst("^.*whiteboard - ", ""))
                            .toList());
        }
    }

    @Test
    void saysWhatToWriteForANumberWithAUnit() {
        try (LogFixture log = new LogFixture()) {
            assertEquals(IN_USE, new ConfiguredSettings().read(in("stop.timeout.millis", "10s"), IN_USE));

            assertTrue(log.text().contains("has a unit, and the property counts milliseconds: write 10000"), log::text);
        }
    }

    @Test
    void metatypeStatesTheNamesAndDefaultsOfTheEngine() {
        Map<String, Object> stated = new HashMap<>();
        for (Method attribute : EngineConfiguration.class.getDeclaredMethods()) {
            stated.put(attribute.getName().replace('_', '.'), attribute.getDefaultValue());
        }

        assertEquals(9, stated.size());
        assertEquals(EngineSettings.defaults(), new ConfiguredSettings().read(stated, IN_USE));
    }
}
