package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file of {@code deploy/} whose name ends as that of a jar. */
class BundleJarFuzzTest {
    @TempDir
    Path folder;

    @FuzzTest(maxDuration = "1m")
    void isABundleOrRefusedInOneLineAndLeavesNothing(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("a.jar"), input);
        Path copy = folder.resolve("copy");
        BundleJar jar;
        try {
            jar = BundleJar.copyOf(file, copy);
        } catch (BundleJar.Fault fault) {
            assertFalse(Files.exists(copy));
            assertEquals(1, PrintableLine.of(fault.toString()).lines().count(), fault::toString);
            return;
        }

        assertFalse(jar.name().isBlank());
        assertArrayEquals(input, Files.readAllBytes(copy));
        assertEquals(64, jar.digest().length());
        jar.deleteCopy();
        assertFalse(Files.exists(copy));
    }
}
