package org.tonyreactor.internal.engine.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {
    @Test
    void hasTheDocumentedDefaults() {
        assertEquals(new EngineSettings(0, 64, 0, 65_536, 256, 2_000, 10_000), EngineSettings.defaults());
    }

    @Test
    void boundOnMemoryIsAQuarterOfTheLargestHeapUnlessToldOtherwise() {
        EngineSettings.Memory memory = EngineSettings.defaults().memory();

        assertEquals(Runtime.getRuntime().maxMemory() / 4, memory.bytes());
        assertEquals(75, memory.highPercent());
        assertEquals(7_000_000, new EngineSettings.Memory(7_000_000, 75).bytes());
    }

    @Test
    void takesOneWorkerPerProcessorUnlessToldOtherwise() {
        assertEquals(
                Runtime.getRuntime().availableProcessors(),
                EngineSettings.defaults().workerCount());
        assertEquals(3, EngineSettings.defaults().withWorkers(3).workerCount());
    }

    @Test
    void changesNothingButTheWorkersWithOtherWorkers() {
        EngineSettings settings = new EngineSettings(1, 2, 3, 512, 5, 6, 7);

        assertEquals(new EngineSettings(9, 2, 3, 512, 5, 6, 7), settings.withWorkers(9));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 512, 1, 0, 0",
        "1024, 16777216, 16777216, 67108864, 2147483647, 9223372036854775807, 9223372036854775807",
    })
    void takesItsLeastAndItsMost(
            int workers, int initial, int most, int buffer, int accepts, long warnMillis, long stopMillis) {
        EngineSettings settings = new EngineSettings(workers, initial, most, buffer, accepts, warnMillis, stopMillis);

        assertEquals(stopMillis, settings.stopTimeoutMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "workers, -1, 64, 0, 65536, 1, 0, 0",
        "workers, 1025, 64, 0, 65536, 1, 0, 0",
        "pool.initial.connections, 0, 0, 0, 65536, 1, 0, 0",
        "pool.initial.connections, 0, 16777217, 0, 65536, 1, 0, 0",
        "pool.max.connections, 0, 64, -1, 65536, 1, 0, 0",
        "pool.max.connections, 0, 64, 16777217, 65536, 1, 0, 0",
        "read.buffer.bytes, 0, 64, 0, 511, 1, 0, 0",
        "read.buffer.bytes, 0, 64, 0, 67108865, 1, 0, 0",
        "accepts.per.turn, 0, 64, 0, 65536, 0, 0, 0",
        "watchdog.warn.millis, 0, 64, 0, 65536, 1, -1, 0",
        "stop.timeout.millis, 0, 64, 0, 65536, 1, 0, -1",
    })
    void namesTheSettingThatIsOutOfRange(
            String name,
            int workers,
            int initial,
            int most,
            int buffer,
            int accepts,
            long warnMillis,
            long stopMillis) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new EngineSettings(workers, initial, most, buffer, accepts, warnMillis, stopMillis));

        assertTrue(String.valueOf(refused.getMessage()).startsWith(name + " must be from "), refused.getMessage());
    }
}
