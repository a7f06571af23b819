package org.tonyreactor.it.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The archive that a user unpacks, and what is said of it. */
class DistributionIT {
    private static final String HOME = "tonyreactor-" + Release.VERSION + "/";

    /** What the engine's bundle embeds. */
    private static final String JCTOOLS = "jctools-core-" + Project.property("jctools.version") + ".jar";

    @Test
    void theBillOfMaterialsListsEveryJarAndWhatIsEmbeddedAndNothingElse() throws IOException {
        Set<String> contained = jars();
        contained.add(JCTOOLS);

        assertEquals(contained, Release.billOfMaterials("felix-launcher"));
    }

    @Test
    void theBillOfMaterialsOfTheEngineListsWhatIsEmbedded() throws IOException {
        Set<String> listed = Release.billOfMaterials("reactor-impl");

        assertTrue(listed.contains(JCTOOLS), listed::toString);
    }

    @Test
    void theBillOfMaterialsOfABundleListsNothingThatAFrameworkBrings() throws IOException {
        assertEquals(Set.of(), Release.billOfMaterials("reactor-api"));
    }

    @Test
    void everyJarOfOthersIsNamedWithItsLicence() throws IOException {
        String named = read("THIRD-PARTY.md");

        assertTrue(named.contains("JCTools"), named);
        for (String jar : jars()) {
            if (!isOurs(jar)) {
                String name = jar.replaceFirst("-[0-9.]+\\.jar$", "")
                        .replaceFirst("^org\\.apache\\.felix\\.(?!framework)", ".");
                assertTrue(named.contains(name), name + " is not in:\n" + named);
            }
        }
    }

    @Test
    void theLicencesAreInIt() throws IOException {
        assertTrue(read("LICENSE").contains("Apache License"));
        assertTrue(read("NOTICE").contains("tonyReactor contributors"));
        assertTrue(read("licenses/slf4j.txt").contains("QOS.ch"));
        assertTrue(read("licenses/jline.txt").contains("Redistribution"));
    }

    @Test
    void theRunnableJarHasTheSame() throws IOException {
        Set<String> entries = Archive.entries(Release.runnableJar());

        assertTrue(
                entries.containsAll(Set.of(
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/THIRD-PARTY.md",
                        "META-INF/licenses/slf4j.txt",
                        "META-INF/licenses/jline.txt")),
                entries::toString);
        assertFalse(entries.contains("META-INF/DEPENDENCIES"), "it is about the framework only");
    }

    /** All but the launcher, which the bill of materials is of. */
    private static Set<String> jars() throws IOException {
        return Archive.entries(distribution()).stream()
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> entry.substring(entry.lastIndexOf('/') + 1))
                .filter(name -> !name.startsWith("felix-launcher-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(String jar) throws IOException {
        return Project.published().stream().anyMatch(each -> jar.equals(each + "-" + Release.VERSION + ".jar"));
    }

    private static String read(String name) throws IOException {
        return Archive.read(distribution(), HOME + name);
    }

    private static Path distribution() {
        return Release.file("felix-launcher", ".zip");
    }
}
