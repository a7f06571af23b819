package org.tonyreactor.benchmarks.update;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.osgi.framework.Constants;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;
import org.tonyreactor.protocol.Protocol;

/** Packs the ledger into bundles that differ in their version only, as bnd does in a user's build. */
final class LedgerBundles {
    private static final String PACKAGE = LedgerFrames.class.getPackageName();

    private final Path folder;

    LedgerBundles(Path folder) {
        this.folder = folder;
    }

    /** Packs the versions from 1 to {@code count}. */
    void pack(int count) {
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(PACKAGE);
            builder.setPrivatePackage(PACKAGE);
            // Annotations for the compiler; nobody has them at run time.
            builder.setImportPackage("!org.jspecify.annotations,*");
            builder.addClasspath(origin(LedgerFrames.class));
            builder.addClasspath(origin(Protocol.class));
            try (Jar jar = builder.build()) {
                if (!builder.getErrors().isEmpty()) {
                    throw new IllegalStateException("bnd: " + builder.getErrors());
                }
                for (int version = 1; version <= count; version++) {
                    write(jar, version);
                }
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("packing " + PACKAGE, e);
        }
    }

    Path file(int version) {
        return folder.resolve("ledger-" + version + ".jar");
    }

    private void write(Jar jar, int version) throws Exception {
        byte[] text = Integer.toString(version).getBytes(StandardCharsets.US_ASCII);
        jar.putResource(PACKAGE.replace('.', '/') + "/version", new EmbeddedResource(text, 0));
        jar.getManifest().getMainAttributes().putValue(Constants.BUNDLE_VERSION, version + ".0.0");
        jar.write(file(version).toFile());
    }

    /** The folder or jar a class was loaded from. */
    private static File origin(Class<?> type) throws IOException {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("where " + type + " comes from", e);
        }
    }
}
