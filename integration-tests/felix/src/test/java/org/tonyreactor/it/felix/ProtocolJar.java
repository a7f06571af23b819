package org.tonyreactor.it.felix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/** A protocol bundle made in memory: an activator, the classes in it, and a manifest. */
final class ProtocolJar {
    private static final String IMPORTS = "org.osgi.framework,org.osgi.service.cm,"
            + "org.tonyreactor.protocol;version=\"[1.0,2)\",org.tonyreactor.transport;version=\"[1.0,2)\"";

    private final byte[] bytes;

    private ProtocolJar(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A bundle that signs, see {@link Signer}. */
    static ProtocolJar signing(String name, String version, Map<String, ?> headers) {
        return pack(Signer.class, name, version, headers);
    }

    /** A bundle whose callbacks wait, see {@link Blocker}. */
    static ProtocolJar blocking(String name) {
        return pack(Blocker.class, name, "1.0.0", Map.of());
    }

    /** A bundle whose activator offers a factory and throws. */
    static ProtocolJar broken(String name) {
        return pack(BrokenActivator.class, name, "1.0.0", Map.of());
    }

    /** The same jar with its last half missing. */
    ProtocolJar truncated() {
        return new ProtocolJar(Arrays.copyOf(bytes, bytes.length / 2));
    }

    InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    private static ProtocolJar pack(
            Class<? extends BundleActivator> activator, String name, String version, Map<String, ?> headers) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        attributes.putValue(Constants.BUNDLE_VERSION, version);
        attributes.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
        attributes.putValue(Constants.IMPORT_PACKAGE, IMPORTS);
        headers.forEach((header, value) -> attributes.putValue(header, value.toString()));
        List<Class<?>> classes = new ArrayList<>(List.of(activator.getDeclaredClasses()));
        classes.add(activator);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> each : classes) {
                String entry = each.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream code = activator.getClassLoader().getResourceAsStream(entry)) {
                    code.transferTo(jar);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProtocolJar(bytes.toByteArray());
    }
}
