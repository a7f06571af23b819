package org.tonyreactor.it.karaf;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes of a bundle the next version of it: the same but for the number. */
final class NewerVersion {
    private NewerVersion() {}

    /** Returns where the newer one is. */
    static URI of(String bundle, String version) {
        Path newer = KarafFixture.karaf("data").resolve("newer-" + version + ".jar");
        try (JarFile older = new JarFile(bundle);
                OutputStream file = Files.newOutputStream(newer)) {
            Manifest manifest = older.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (Enumeration<JarEntry> entries = older.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        older.getInputStream(entry).transferTo(out);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("making " + newer, e);
        }
        return newer.toUri();
    }
}
