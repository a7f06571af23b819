package org.tonyreactor.it.karaf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Makes of what was built the next version of it: the same but for the number. */
final class NewerVersion {
    private static final Pattern BUNDLE = Pattern.compile("<bundle>mvn:org\\.tonyreactor/([^/]+)/([^<]+)</bundle>");

    private NewerVersion() {}

    /** Returns where the newer version of a bundle is. */
    static URI of(String bundle, String version) {
        Path older = Path.of(bundle);
        Path newer = folder(version).resolve(older.getFileName());
        try (InputStream in = Files.newInputStream(older);
                OutputStream out = Files.newOutputStream(newer)) {
            copyBundle(in, version, out);
        } catch (IOException e) {
            throw new UncheckedIOException("making " + newer, e);
        }
        return newer.toUri();
    }

    /**
     * Returns where the newer version of our features is. It has the newer bundles, and the files of the older version.
     *
     * @param repository a folder with all that the features need, as Maven has it
     */
    static URI ofFeatures(String repository, String older, String version) {
        Path features = inRepository(repository, "reactor-features", older, "-features.xml");
        Path newer = folder(version).resolve("features.xml");
        try {
            String xml = numbered(Files.readString(features), older, version);
            Matcher bundles = BUNDLE.matcher(xml);
            Files.writeString(newer, bundles.replaceAll((MatchResult bundle) -> {
                Path file = inRepository(repository, bundle.group(1), older, ".jar");
                return "<bundle>" + of(file.toString(), version) + "</bundle>";
            }));
        } catch (IOException e) {
            throw new UncheckedIOException("making " + newer, e);
        }
        return newer.toUri();
    }

    /** Returns where the newer version of our archive is. */
    static Path ofArchive(String archive, String older, String version) {
        Path newer = folder(version).resolve(Path.of(archive).getFileName());
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Path.of(archive)));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(newer))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                out.putNextEntry(new ZipEntry(name.replace(older, version)));
                if (name.endsWith(".jar")) {
                    copyBundle(new ByteArrayInputStream(in.readAllBytes()), version, out);
                } else if (name.endsWith("-features.xml")) {
                    String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    out.write(xml.replace(older, version).getBytes(StandardCharsets.UTF_8));
                } else {
                    in.transferTo(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("making " + newer, e);
        }
        return newer;
    }

    /** The versions of the features themselves, and not those of what they are made of. */
    private static String numbered(String xml, String older, String version) {
        return xml.replace("version=\"" + older + "\"", "version=\"" + version + "\"")
                .replace("tonyreactor-" + older, "tonyreactor-" + version);
    }

    private static Path inRepository(String repository, String artifact, String version, String end) {
        return Path.of(repository, "org", "tonyreactor", artifact, version, artifact + "-" + version + end);
    }

    private static Path folder(String version) {
        try {
            return Files.createDirectories(KarafFixture.karaf("data").resolve("newer-" + version));
        } catch (IOException e) {
            throw new UncheckedIOException("making a folder for " + version, e);
        }
    }

    /** Leaves the output open. */
    private static void copyBundle(InputStream older, String version, OutputStream out) throws IOException {
        JarInputStream in = new JarInputStream(older);
        Manifest manifest = in.getManifest();
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        JarOutputStream newer = new JarOutputStream(out, manifest);
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            newer.putNextEntry(new JarEntry(entry.getName()));
            in.transferTo(newer);
        }
        newer.finish();
    }
}
