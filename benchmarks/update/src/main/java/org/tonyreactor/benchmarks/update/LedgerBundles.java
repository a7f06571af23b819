package org.tonyreactor.benchmarks.update;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.osgi.framework.Constants;
import org.tonyreactor.benchmarks.ledger.LedgerFactory;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;
import org.tonyreactor.protocol.Protocol;

/** The ledger in bundles that differ in their version only, as bnd packs them in a user's build. */
record LedgerBundles(Path folder) {
    private static final String PACKAGE = LedgerFrames.class.getPackageName();
    private static final String PATH = PACKAGE.replace('.', '/') + "/";

    /** Packs the versions from 1 to {@code count}, all of them to be served on the same port. */
    void pack(int count, int port, int holdMillis) {
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
                String properties = "reactor.port=" + port + "\nreactor.hold.timeout.millis=" + holdMillis + "\n";
                jar.putResource(LedgerFactory.PROPERTIES, text(properties));
                for (int version = 1; version <= count; version++) {
                    jar.putResource(PATH + "version", text(Integer.toString(version)));
                    jar.getManifest().getMainAttributes().putValue(Constants.BUNDLE_VERSION, version + ".0.0");
                    jar.write(file(version).toFile());
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

    private static EmbeddedResource text(String text) {
        return new EmbeddedResource(text.getBytes(StandardCharsets.US_ASCII), 0);
    }

    /** The folder or jar a class was loaded from. */
    private static File origin(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
