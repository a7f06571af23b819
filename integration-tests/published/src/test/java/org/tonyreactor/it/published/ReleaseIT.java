package org.tonyreactor.it.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A release as a whole, and the builds after it. */
class ReleaseIT {
    private static final String FACTORY = "reactor-api/src/main/java/org/tonyreactor/protocol/ProtocolFactory.java";

    @Test
    void stagesWhatIsPublishedAndNothingElse() throws IOException {
        Set<String> published = new TreeSet<>(Project.published());
        published.add("reactor-parent");

        assertEquals(published, Release.staged());
        assertEquals(Set.of("tonyreactor"), Release.groups());
    }

    @Test
    void everyModuleButTheFeaturesHasAJar() throws IOException {
        Set<String> modules = new TreeSet<>(Project.published());
        modules.remove("reactor-features");

        assertEquals(modules, new TreeSet<>(Release.modulesWithJar()));
    }

    @Test
    void theArchivesAndTheFeaturesAreStaged() {
        for (String end : List.of(".zip", ".tar.gz")) {
            assertTrue(Files.exists(Release.file("felix-launcher", end)), end);
        }
        for (String end : List.of(".kar", "-features.xml", "-engine.cfg")) {
            assertTrue(Files.exists(Release.file("reactor-features", end)), end);
        }
    }

    @Test
    void theParentSaysWhatARepositoryAsksFor() throws IOException {
        String pom = Files.readString(Release.file("reactor-parent", ".pom"));

        for (String element : List.of("name", "description", "url", "licenses", "developers", "organization", "scm")) {
            assertTrue(pom.contains("<" + element), element);
        }
    }

    @Test
    void theNextBuildRefusesAChangedMethod() throws IOException {
        ProjectCopy next = Release.nextVersion();
        build(next, "-Dmaven.main.skip").assertSucceeded();

        Path factory = next.file(FACTORY);
        String text = Files.readString(factory);
        String changed = text.replace("buildProtocol(Peer", "buildAnother(Peer");
        assertNotEquals(text, changed);
        Files.writeString(factory, changed);
        ProjectCopy.Outcome outcome = build(next);

        assertFalse(outcome.succeeded(), outcome.log());
        assertTrue(outcome.log().contains("Baseline problems detected"), outcome.log());
        assertTrue(
                outcome.log()
                        .lines()
                        .anyMatch(line -> line.matches(".*\\* org\\.tonyreactor\\.protocol +PACKAGE +MAJOR.*")),
                outcome.log());
    }

    /** A build that fails when it does not find the release. */
    private static ProjectCopy.Outcome build(ProjectCopy project, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "-o", "-Dbaseline.version=" + Release.VERSION, "-Dbaseline.required", "-pl", "reactor-api", "verify"));
        return project.maven(arguments.toArray(String[]::new));
    }
}
