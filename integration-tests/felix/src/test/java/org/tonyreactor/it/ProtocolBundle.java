package org.tonyreactor.it;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Path;

/** Packs a package of this module's test classes into a bundle, as bnd does in a user's build. */
final class ProtocolBundle {
    private ProtocolBundle() {}

    /** A bundle of one package. It says nothing in its manifest but a name; activator may be empty. */
    static Path pack(Path folder, String symbolicName, String packageName, String activator) {
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(symbolicName);
            builder.setPrivatePackage(packageName);
            if (!activator.isEmpty()) {
                builder.setProperty("Bundle-Activator", activator);
            }
            builder.addClasspath(new File("target/test-classes"));
            builder.addClasspath(FelixFixture.bundleFile("reactor-api").toFile());
            try (Jar jar = builder.build()) {
                if (!builder.getErrors().isEmpty()) {
                    throw new IllegalStateException("bnd: " + builder.getErrors());
                }
                Path file = folder.resolve(symbolicName + ".jar");
                jar.write(file.toFile());
                return file;
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("packing " + packageName, e);
        }
    }
}
