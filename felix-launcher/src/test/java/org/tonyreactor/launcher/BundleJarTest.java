package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.launcher.activator.Counting;

/** What is taken for a whole bundle. */
final class BundleJarTest {
    @TempDir
    Path temp;

    @Test
    void copiesABundleAndKnowsItsName() throws Exception {
        Path file = TestJar.of("a;singleton:=true", "1.2.3").write(temp.resolve("a.jar"));

        BundleJar jar = copy(file);

        assertEquals("a 1.2.3", jar.identity());
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(jar.copy()));
    }

    @Test
    void refusesABundleThatWasCutOffAnywhere() throws Exception {
        byte[] whole = Files.readAllBytes(good());

        for (int length = 0; length < whole.length; length += 7) {
            Path cut = Files.write(temp.resolve("cut.jar"), Arrays.copyOf(whole, length));
            assertThrows(BundleJar.Fault.class, () -> copy(cut));
        }
    }

    @Test
    void refusesABundleWithAnEntryThatCannotBeRead() throws Exception {
        byte[] bytes = Files.readAllBytes(good());
        int inTheClass = bytes.length / 2;
        Arrays.fill(bytes, inTheClass, inTheClass + 16, (byte) 0);
        Path file = Files.write(temp.resolve("broken.jar"), bytes);

        BundleJar.Fault fault = assertThrows(BundleJar.Fault.class, () -> copy(file));

        assertTrue(fault.toString().contains("a broken jar: "), fault::toString);
        assertFalse(Files.exists(temp.resolve("copy")));
    }

    @Test
    void saysWhichHeaderIsMissingOrWrong() throws Exception {
        Path nameless = TestJar.of("a", "1").header("Bundle-SymbolicName", "").write(temp.resolve("a.jar"));
        Path unversioned = TestJar.of("a", "one").write(temp.resolve("b.jar"));

        assertTrue(assertThrows(BundleJar.Fault.class, () -> copy(nameless))
                .toString()
                .contains("Bundle-SymbolicName"));
        assertTrue(assertThrows(BundleJar.Fault.class, () -> copy(unversioned))
                .toString()
                .contains("one"));
    }

    private Path good() throws Exception {
        return TestJar.of("a", "1").activator(Counting.class).write(temp.resolve("a.jar"));
    }

    private BundleJar copy(Path file) throws BundleJar.Fault {
        return BundleJar.copyOf(file, temp.resolve("copy"));
    }
}
