package org.tonyreactor.it.published;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is in a jar or in another archive. */
final class Archive {
    private Archive() {}

    /** The names of the files. */
    static Set<String> entries(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The text of a file. */
    static String read(Path archive, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The packages with code that is not ours. A jar in the archive counts too. */
    static Set<String> foreignPackages(Path archive) throws IOException {
        return entries(archive).stream()
                .filter(entry -> entry.endsWith(".class") || entry.endsWith(".jar"))
                .filter(entry -> !entry.startsWith("org/tonyreactor/"))
                .map(entry ->
                        entry.substring(0, Math.max(0, entry.lastIndexOf('/'))).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
