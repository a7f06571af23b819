package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.tonyreactor.internal.engine.LogFixture;
import org.tonyreactor.internal.engine.binding.EngineSettings;

/** Whatever is written in the configuration of the engine. */
class EngineSettingsFuzzTest {
    private static final EngineSettings IN_USE =
            new EngineSettings(3, 100, 200, 4_096, 16, 500, 700, new EngineSettings.Memory(8_000_000, 60));

    private final LogFixture log = new LogFixture();

    @AfterEach
    void close() {
        log.close();
    }

    @FuzzTest(maxDuration = "1m", lifecycle = Lifecycle.PER_EXECUTION)
    void areWithinTheirBoundsAndReadAgainTheSame(byte[] input) throws IOException {
        Map<String, Object> written = DeclarationFuzzTest.written(input);

        EngineSettings settings = new ConfiguredSettings().read(written, IN_USE);

        String text = ConfiguredSettings.text(settings).replace(", ", "\n");
        Map<String, Object> again = DeclarationFuzzTest.written(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(settings, new ConfiguredSettings().read(again, EngineSettings.defaults()));
    }
}
