package org.tonyreactor.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the launcher's own files are: its bundles, and the configuration that a new home starts with. They are never
 * written.
 */
interface Installation {
    /** The folder in which a start level's folders are, such as {@code bundles/1-logging/}. */
    String BUNDLES = "bundles";

    /** The folder of the configuration files. */
    String CONF = "conf";

    /** The home when the user names none. */
    Path defaultHome();

    /** The bundles in the order of their start. */
    List<BundleFile> bundles() throws IOException;

    /** The configuration of a new home, by file name. */
    Map<String, BundleFile.Content> conf() throws IOException;

    /** The installation this class was loaded from: an unpacked distribution, or the runnable jar. */
    static Installation own() throws StartFailure {
        Path jar = ownJar();
        Path root = jar.resolve("../..").normalize();
        return Files.isDirectory(root.resolve(BUNDLES)) ? new Distribution(root) : new RunnableJar(jar);
    }

    private static Path ownJar() throws StartFailure {
        try {
            return Path.of(Installation.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new StartFailure("the launcher cannot find its own jar: " + e.getMessage());
        }
    }

    /** The start level that a folder such as {@code 1-logging} stands for. */
    static int startLevel(String folder) throws IOException {
        int dash = folder.indexOf('-');
        try {
            return Integer.parseInt(folder.substring(0, Math.max(0, dash)));
        } catch (NumberFormatException e) {
            throw new IOException(BUNDLES + "/" + folder + " does not begin with a start level, as 1-logging does");
        }
    }
}
