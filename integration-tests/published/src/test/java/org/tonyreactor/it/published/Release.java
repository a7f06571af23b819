package org.tonyreactor.it.published;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A release as a maintainer makes it, but for the signatures: from a copy of the project, into a folder. It is made once
 * for all tests of one virtual machine, and left there to be looked at.
 */
final class Release {
    static final String VERSION = Project.VERSION.replace("-SNAPSHOT", "");

    private static final Path FOLDER = Path.of(Project.property("release.directory"));
    private static final Path STAGE = FOLDER.resolve("stage");
    private static final LocalRepository REPOSITORY = new LocalRepository(FOLDER.resolve("repository"));
    private static final ProjectCopy COPY = make();

    private Release() {}

    /** The modules and the parent that are staged. */
    static Set<String> staged() throws IOException {
        return names(STAGE.resolve("org/tonyreactor"));
    }

    /** The groups that are staged. */
    static Set<String> groups() throws IOException {
        return names(STAGE.resolve("org"));
    }

    /** A staged file of a module, by what follows the version in its name. */
    static Path file(String module, String end) {
        return STAGE.resolve(Path.of("org", "tonyreactor", module, VERSION, module + "-" + VERSION + end));
    }

    /** The modules with a jar. */
    static List<String> modulesWithJar() throws IOException {
        return Project.published().stream()
                .filter(module -> Files.exists(file(module, ".jar")))
                .toList();
    }

    /** The components of a bill of materials, as the names of their jars. */
    static Set<String> billOfMaterials(String module) throws IOException {
        JsonObject bill = JsonParser.parseString(Files.readString(file(module, "-cyclonedx.json")))
                .getAsJsonObject();
        JsonArray components = bill.has("components") ? bill.getAsJsonArray("components") : new JsonArray();
        Set<String> jars = new TreeSet<>();
        for (JsonElement each : components) {
            JsonObject component = each.getAsJsonObject();
            String name = component.get("name").getAsString();
            jars.add(name + "-" + component.get("version").getAsString() + ".jar");
        }
        return jars;
    }

    /** The jar that runs by itself, which is not staged: it is in no repository. */
    static Path runnableJar() {
        return COPY.file("felix-launcher/target/tonyreactor.jar");
    }

    /** Another copy of the project, for which the release is in the local repository. */
    static ProjectCopy nextVersion() throws IOException {
        return new ProjectCopy(FOLDER.resolve("next"), REPOSITORY, VERSION + "-SNAPSHOT");
    }

    private static ProjectCopy make() {
        try {
            Folder.delete(FOLDER);
            REPOSITORY.create();
            ProjectCopy copy = new ProjectCopy(FOLDER.resolve("project"), REPOSITORY, VERSION);
            // Not offline: the deploy plugin refuses that, to a folder too. What is not missing is not asked for.
            copy.maven(
                            "-Prelease",
                            "-Dgpg.skip",
                            "-Dcyclonedx.skip=false",
                            // The release before this one is not in the local repository.
                            "-Dbnd.baseline.skip",
                            // The classes are those of this build.
                            "-Dmaven.main.skip",
                            "-DaltDeploymentRepository=stage::" + STAGE.toUri(),
                            "-pl",
                            "felix-launcher,reactor-features",
                            "-am",
                            "deploy")
                    .assertSucceeded();
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("making a release in " + FOLDER, e);
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (var files = Files.list(folder)) {
            files.forEach(each -> names.add(each.getFileName().toString()));
        }
        return names;
    }
}
