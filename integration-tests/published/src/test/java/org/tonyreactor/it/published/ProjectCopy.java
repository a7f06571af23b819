package org.tonyreactor.it.published;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of the project with another version, and Maven in it. It has the classes that this build has compiled. */
final class ProjectCopy {
    private static final long TIMEOUT_SECONDS = 300;
    private static final Set<String> OF_ALL_MODULES = Set.of("pom.xml", "bundle.bnd", "LICENSE", "NOTICE");

    /** Those of this project's own artifacts. */
    private static final Pattern VERSIONS = Pattern.compile("(<groupId>org\\.tonyreactor</groupId>\\s*"
            + "<artifactId>[^<]+</artifactId>\\s*<version>)" + Pattern.quote(Project.VERSION));

    private final Path folder;
    private final LocalRepository repository;

    /** Copies the project into a folder that does not exist. */
    ProjectCopy(Path folder, LocalRepository repository, String version) throws IOException {
        this.folder = folder;
        this.repository = repository;
        Folder.copy(
                Project.ROOT,
                folder,
                file -> OF_ALL_MODULES.contains(file.getFileName().toString()));
        copy(".mvn");
        for (String module : Project.published()) {
            copy(module);
            copy(module + "/target/classes");
        }
        setVersion(version);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Runs Maven, and waits for its end. */
    Outcome maven(String... arguments) throws IOException {
        String script = File.separatorChar == '/' ? "mvn" : "mvn.cmd";
        List<String> command = new ArrayList<>();
        command.add(Path.of(Project.property("maven.home"), "bin", script).toString());
        command.addAll(List.of("-B", "-ntp", "-Dquick", "-Dmaven.repo.local=" + repository.folder()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("maven.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It ends before the second compiler of the virtual machine would pay.
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return new Outcome(run(builder) == 0, Files.readString(log));
    }

    record Outcome(boolean succeeded, String log) {
        void assertSucceeded() {
            assertTrue(succeeded, log);
        }
    }

    private static int run(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "not within " + TIMEOUT_SECONDS + " s");
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while Maven runs", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void copy(String name) throws IOException {
        Path original = Project.ROOT.resolve(name);
        if (Files.exists(original)) {
            Folder.copy(original, folder.resolve(name), file -> true);
        }
    }

    private void setVersion(String version) throws IOException {
        List<Path> poms;
        try (Stream<Path> files = Files.walk(folder)) {
            poms = files.filter(each -> each.endsWith("pom.xml")).toList();
        }
        for (Path pom : poms) {
            String text = Files.readString(pom);
            Files.writeString(pom, VERSIONS.matcher(text).replaceAll("$1" + version));
        }
    }
}
