package org.tonyreactor.it.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The project that is being built. */
final class Project {
    static final Path ROOT = Path.of(property("reactor.root"));
    static final String VERSION = property("reactor.version");

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final String NOT_PUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";

    private Project() {}

    /** The modules that are published: those of the root that do not say that they are not. */
    static List<String> published() throws IOException {
        List<String> modules = new ArrayList<>();
        for (String module : listed(Files.readString(ROOT.resolve("pom.xml")))) {
            if (!Files.readString(ROOT.resolve(module).resolve("pom.xml")).contains(NOT_PUBLISHED)) {
                modules.add(module);
            }
        }
        return modules;
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is not set: run mvn verify");
        }
        return value;
    }

    private static List<String> listed(String pom) {
        return MODULE.matcher(pom)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }
}
