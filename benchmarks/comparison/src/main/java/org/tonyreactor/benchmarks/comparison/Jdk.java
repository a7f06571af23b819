package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a Java server runs on. */
record Jdk(String version, Path home, String vendor) {
    static Jdk at(Path home) {
        try {
            List<String> release = Files.readAllLines(home.resolve("release"));
            return new Jdk(
                    value(release, "JAVA_VERSION").orElseThrow(() -> noJdk(home)),
                    home,
                    value(release, "IMPLEMENTOR").orElse("unknown vendor"));
        } catch (IOException e) {
            throw noJdk(home);
        }
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

    private static Optional<String> value(List<String> release, String name) {
        return release.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1).replace("\"", ""))
                .findFirst();
    }

    private static IllegalArgumentException noJdk(Path home) {
        return new IllegalArgumentException(
                home + " is no home of a JDK: it has no file 'release' that tells its version");
    }
}
