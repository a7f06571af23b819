package org.tonyreactor.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A bundle as it was found in a file: a copy of it that nobody writes to, every entry of which can be read.
 *
 * @param copy where its bytes are
 * @param name its symbolic name
 * @param version its version
 * @param digest tells its content from any other
 */
record BundleJar(Path copy, String name, Version version, String digest) {
    /** The file is no bundle; the message says why. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean mayPass;

        private Fault(String message, boolean mayPass) {
            super(message);
            this.mayPass = mayPass;
        }

        /** Whether it is not the file's: there were no descriptors, say, and the same file can be read later. */
        boolean mayPass() {
            return mayPass;
        }
    }

    /**
     * Copies a file and checks the copy, which stays if this returns.
     *
     * @throws Fault when the file is no whole bundle
     */
    static BundleJar copyOf(Path file, Path copy) throws Fault {
        try {
            String digest = copy(file, copy);
            return checked(copy, digest);
        } catch (ZipException | EOFException e) {
            throw fault(copy, "a broken jar: " + StartFailure.causeOf(e), false);
        } catch (IOException e) {
            throw fault(copy, "it cannot be read: " + StartFailure.causeOf(e), true);
        } catch (SecurityException e) {
            throw fault(copy, "it cannot be read: " + StartFailure.causeOf(e), false);
        } catch (IllegalArgumentException e) {
            throw fault(copy, StartFailure.causeOf(e), false);
        }
    }

    /** The name and the version, which no two bundles of the folder have in common. */
    String identity() {
        return name + " " + version;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(copy);
    }

    /** The framework has the bytes. */
    void deleteCopy() {
        delete(copy);
    }

    private static BundleJar checked(Path copy, String digest) throws IOException {
        try (JarFile jar = new JarFile(copy.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String header = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
            String name = header == null ? "" : header.split(";", 2)[0].strip();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("its manifest has no Bundle-SymbolicName");
            }
            Version version = Version.parseVersion(main.getValue(Constants.BUNDLE_VERSION));
            readAll(jar);
            return new BundleJar(copy, name, version, digest);
        }
    }

    /** The JDK notices what cannot be unpacked, and does not compare the checksums. */
    private static void readAll(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            CRC32 checksum = new CRC32();
            try (InputStream content = new CheckedInputStream(jar.getInputStream(entry), checksum)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            if (entry.getCrc() != checksum.getValue()) {
                throw new ZipException("the checksum of " + entry.getName() + " is wrong");
            }
        }
    }

    private static String copy(Path file, Path copy) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
            Files.copy(file, out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Fault fault(Path copy, String message, boolean mayPass) {
        delete(copy);
        return new Fault(message, mayPass);
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            // The next start deletes it.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
