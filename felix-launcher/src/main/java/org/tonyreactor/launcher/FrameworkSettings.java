package org.tonyreactor.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How the framework and the bundles that watch folders are set up.
 *
 * <p>Start levels, each the number in the name of a folder below {@code bundles/}: 1 logging; 2 Config Admin; 3 the watcher
 * of configurations, which has read {@code conf/} when it has started; 4 the component runtime; 5 protocols, those of
 * {@code deploy/} too; 6 the engine; 7 what is needed only later; 8 the shell. The engine stops before the protocols, so
 * that at the end every connection is drained at the same time and not bundle by bundle.
 */
final class FrameworkSettings {
    /** Config Admin is there; nothing that is configured has started. */
    static final int CONFIGURABLE = 2;

    /** The files in {@code conf/} have been read. */
    static final int CONFIGURED = 3;

    /** Protocol bundles. */
    static final int PROTOCOLS = 5;

    /** The engine serves. */
    static final int SERVING = 6;

    /** Everything runs but the shell. */
    static final int COMPLETE = 7;

    /** The shell runs. */
    static final int SHELL = 8;

    /** The setting with the path of {@code conf/}, for FileInstall. */
    private static final String CONF = "tonyreactor.conf";

    /** A changed file is taken when it looked the same twice, so a saved configuration waits twice this long at most. */
    private static final int POLL_MILLIS = 250;

    private FrameworkSettings() {}

    static Map<String, String> of(Home home, Path plainHome, boolean shell) {
        Map<String, String> settings = new HashMap<>();
        settings.put("org.osgi.framework.storage", home.frameworkCache().toString());
        settings.put("org.osgi.framework.storage.clean", "onFirstInit");
        settings.put("org.osgi.framework.startlevel.beginning", String.valueOf(CONFIGURABLE));
        // What goes wrong is logged by the logging bundles, and told by the launcher while they do not run yet.
        settings.put("felix.log.level", "0");
        // The shell reads its profile by a URL; nothing else needs such handlers in the whole JVM.
        settings.put("felix.service.urlhandlers", String.valueOf(shell));
        // A pool of threads for a score of bundles costs more than it gives.
        settings.put("felix.resolver.parallelism", "1");
        settings.putAll(watcher(home.conf()));
        // A comma in the setting itself would end the first of several folders.
        settings.put("felix.fileinstall.dir", "${" + CONF + "}");
        settings.put(CONF, literal(home.conf()));
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.putAll(logging(plainHome));
        return settings;
    }

    /** The watcher of the configurations in {@code deploy/}; its bundles are {@link HotDeploy}'s. */
    static Map<String, String> deploy(Home home) {
        return watcher(home.deploy());
    }

    private static Map<String, String> watcher(Path folder) {
        Map<String, String> settings = new HashMap<>();
        settings.put("felix.fileinstall.dir", literal(folder));
        // Names with a dot before them are those of files that editors and systems leave.
        settings.put("felix.fileinstall.filter", "[^.].*\\.(cfg|config)");
        settings.put("felix.fileinstall.subdir.mode", "skip");
        // Its other scanner would watch the folder's inode and lose a folder that is made anew.
        settings.put("felix.fileinstall.disableNio2", "true");
        settings.put("felix.fileinstall.poll", String.valueOf(POLL_MILLIS));
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.configEncoding", "UTF-8");
        settings.put("felix.fileinstall.log.level", "3");
        // One for each watcher: it empties the folder when it starts, under the feet of another.
        String own = "fileinstall-" + folder.getFileName();
        settings.put(
                "felix.fileinstall.tmpdir",
                literal(folder.resolveSibling("cache").resolve(own)));
        return settings;
    }

    /** FileInstall puts variables into its settings: braces and backslashes of a path are none, and its own mark is doubled. */
    static String literal(Path path) {
        return path.toString()
                .replace("\\", "\\\\")
                .replace("{", "\\{")
                .replace("}", "\\}")
                .replace("$__", "$____");
    }

    private static Map<String, String> logging(Path plainHome) {
        Map<String, String> settings = new HashMap<>();
        settings.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        settings.put(
                "org.ops4j.pax.logging.property.file",
                plainHome
                        .resolve(Installation.CONF)
                        .resolve("logging.properties")
                        .toString());
        return settings;
    }
}
