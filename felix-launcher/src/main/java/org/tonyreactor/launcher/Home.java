package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that belongs to one running server.
 *
 * @param root the folder, absolute
 */
record Home(Path root) {
    Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Configuration files; each {@code .cfg} is applied when it is changed. */
    Path conf() {
        return root.resolve(Installation.CONF);
    }

    /** Protocol bundles that come and go while the server runs. */
    Path deploy() {
        return root.resolve("deploy");
    }

    /** Log files. */
    Path logs() {
        return root.resolve("logs");
    }

    /** The framework's own folder, built anew at each start. */
    Path cache() {
        return root.resolve("cache");
    }

    /** What the framework writes, below {@link #cache}. */
    Path frameworkCache() {
        return cache().resolve("felix");
    }

    /** Makes the folders and the configuration files that are missing. */
    void prepare(Installation installation) throws StartFailure {
        try {
            for (Path folder : new Path[] {root, conf(), deploy(), logs(), cache()}) {
                Files.createDirectories(folder);
            }
            writeMissingConf(installation.conf());
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(e.getFile() + " is no folder: remove it or choose another home with --home DIR");
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The failure to write below this home. */
    StartFailure unwritable(IOException e) {
        String cause = e.getClass().getSimpleName() + " at " + StartFailure.causeOf(e);
        return new StartFailure("cannot write to " + root + " (" + cause
                + "): make it writable or choose another home with --home DIR");
    }

    private void writeMissingConf(Map<String, BundleFile.Content> files) throws IOException {
        for (Map.Entry<String, BundleFile.Content> file : files.entrySet()) {
            Path target = conf().resolve(file.getKey());
            if (!Files.exists(target)) {
                try (InputStream content = file.getValue().open()) {
                    Files.copy(content, target);
                }
            }
        }
    }
}
