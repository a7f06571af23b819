package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Writes the jar of a bundle, by hand, so that it can be wrong in any way. */
final class TestJar {
    /** Each jar is newer than those before, however coarse the clock of the file system is. */
    private static final AtomicLong SECONDS = new AtomicLong(1_000_000_000);

    private final Map<String, String> headers = new HashMap<>();
    private @Nullable Class<?> activator;
    private int classVersion;

    private TestJar() {}

    static TestJar of(String name, String version) {
        TestJar jar = new TestJar();
        jar.headers.put("Bundle-ManifestVersion", "2");
        jar.headers.put("Bundle-SymbolicName", name);
        jar.headers.put("Bundle-Version", version);
        return jar;
    }

    TestJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    TestJar activator(Class<?> type) {
        activator = type;
        header("Bundle-Activator", type.getName());
        return header("Import-Package", "org.osgi.framework");
    }

    /** As a newer compiler would have built it. */
    TestJar classVersion(int version) {
        classVersion = version;
        return this;
    }

    Path write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            if (activator != null) {
                String entry = activator.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                jar.write(bytes(entry));
            }
        }
        Files.setLastModifiedTime(file, FileTime.from(SECONDS.incrementAndGet(), TimeUnit.SECONDS));
        return file;
    }

    private byte[] bytes(String entry) throws IOException {
        try (InputStream in = TestJar.class.getResourceAsStream("/" + entry)) {
            byte[] bytes = in.readAllBytes();
            if (classVersion != 0) {
                bytes[7] = (byte) classVersion;
            }
            return bytes;
        }
    }
}
