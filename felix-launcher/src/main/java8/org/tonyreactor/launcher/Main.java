package org.tonyreactor.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * The entry point. It alone is compiled for Java 8, so that an old Java says in one line what is wrong instead of
 * failing to load the launcher; everything else starts in {@code Launcher}, which it reaches by name only.
 */
public final class Main {
    /** The oldest Java that can run the launcher. */
    static final int REQUIRED_JAVA = 17;

    /** The oldest Java that warns of what Felix does. */
    private static final int WARNING_JAVA = 24;

    /**
     * Set by the start script, which tells the JVM not to warn: so the JVM's own loader can be used, whose classes come
     * straight from an archive.
     */
    private static final String UNWARNED = "tonyreactor.unwarned";

    private Main() {}

    /**
     * Starts the server, or says why this Java cannot.
     *
     * @param args see {@code --help}
     * @throws Throwable what the launcher throws
     */
    public static void main(String[] args) throws Throwable {
        String version = System.getProperty("java.specification.version");
        if (feature(version) < REQUIRED_JAVA) {
            System.err.println(complaint(version, System.getProperty("java.home")));
            System.exit(1);
        }
        try {
            Class.forName("org.tonyreactor.launcher.Launcher", true, loader(feature(version)))
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static ClassLoader loader(int java) throws ReflectiveOperationException {
        ClassLoader own = Main.class.getClassLoader();
        return java < WARNING_JAVA || Boolean.getBoolean(UNWARNED)
                ? own
                : new QuietLoader(
                        Main.class.getProtectionDomain().getCodeSource().getLocation(), own.getParent());
    }

    static int feature(String specificationVersion) {
        String[] parts = specificationVersion.split("\\.");
        return Integer.parseInt("1".equals(parts[0]) && parts.length > 1 ? parts[1] : parts[0]);
    }

    static String complaint(String specificationVersion, String javaHome) {
        return "tonyReactor: Java " + specificationVersion + " in " + javaHome + " is too old: set JAVA_HOME to a Java "
                + REQUIRED_JAVA + " or newer";
    }
}
