package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What a Java server runs on. */
record Jdk(String version, Path home, String vendor) {
    static Jdk at(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(home + " is no home of a JDK: it has no file 'release'", e);
        }
        return new Jdk(value(release, "JAVA_VERSION"), home, value(release, "IMPLEMENTOR"));
    }

    /** That of this process. */
    static Jdk own() {
        return at(Path.of(System.getProperty("java.home")));
    }

    Path java() {
        return home.resolve("bin/java");
    }

    Path jcmd() {
        return home.resolve("bin/jcmd");
    }

    private static String value(Properties release, String name) {
        return release.getProperty(name, "unknown").replace("\"", "");
    }
}
