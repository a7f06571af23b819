package org.tonyreactor.launcher;

import aQute.bnd.osgi.Builder;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.tonyreactor.launcher.shout.Shout;
import org.tonyreactor.protocol.Protocol;

/** Builds the bundle of a component as a user's build does: bnd, and no hand-written manifest line but its name. */
final class TestBundle {
    private TestBundle() {}

    /** The bundle of {@link Shout}. */
    static Path build(Path jar) throws Exception {
        return build(jar, Map.of());
    }

    static Path build(Path jar, Map<String, String> headers) throws Exception {
        return build(jar, Shout.class, headers);
    }

    static Path build(Path jar, Class<?> component, Map<String, String> headers) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setProperty(
                    "Bundle-SymbolicName",
                    "org.tonyreactor.test." + component.getSimpleName().toLowerCase(Locale.ROOT));
            builder.setProperty("-privatepackage", component.getPackageName());
            headers.forEach(builder::setProperty);
            builder.addClasspath(origin(component));
            builder.addClasspath(origin(Protocol.class));
            builder.build().write(jar.toFile());
            if (!builder.isOk()) {
                throw new IllegalStateException(builder.getErrors() + " " + builder.getWarnings());
            }
        }
        return jar;
    }

    private static File origin(Class<?> type) throws Exception {
        URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return new File(location);
    }
}
