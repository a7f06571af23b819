package org.tonyreactor.internal.whiteboard;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.tonyreactor.internal.engine.log.Log;

/** A bundle's own descriptions of its configurations, in the files of OSGi Metatype. Any thread. */
final class OwnDescriptions {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");
    private static final String FOLDER = "OSGI-INF/metatype";
    /** The part of a file that is read; the remainder is ignored. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final @Nullable Bundle bundle;
    /** All the files; read once, since a bundle's files stay as long as its services do. */
    private volatile @Nullable String text;

    OwnDescriptions(@Nullable Bundle bundle) {
        this.bundle = bundle;
    }

    /** Whether one of them is for a PID, be it of one configuration or of factory configurations. */
    boolean have(String pid) {
        String known = text;
        if (known == null) {
            known = read();
            text = known;
        }
        return known.contains("\"" + pid + "\"") || known.contains("'" + pid + "'");
    }

    private String read() {
        StringBuilder all = new StringBuilder();
        try {
            Enumeration<URL> files = bundle == null ? null : bundle.findEntries(FOLDER, "*.xml", true);
            for (URL file : files == null ? Collections.<URL>emptyList() : Collections.list(files)) {
                try (InputStream in = file.openStream()) {
                    all.append(new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("{} went while its descriptions were read", bundle, e);
        }
        return all.toString();
    }
}
