package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file of {@code conf/}. */
class ConfFolderFuzzTest {
    @TempDir
    Path conf;

    @FuzzTest(maxDuration = "1m")
    void isReadOrRefusedInOneLineThatNamesTheFile(byte[] input) throws IOException {
        Path file = Files.write(conf.resolve("x.cfg"), input);

        try {
            ConfFolder.check(conf);
        } catch (StartFailure refused) {
            assertTrue(refused.line().contains(file.toString()), refused::line);
            assertEquals(1, refused.line().lines().count(), refused::line);
            return;
        }

        assertDoesNotThrow(() -> load(input));
    }

    private static void load(byte[] input) throws IOException {
        try (Reader reader = new InputStreamReader(
                new ByteArrayInputStream(input),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))) {
            new Properties().load(reader);
        }
    }
}
