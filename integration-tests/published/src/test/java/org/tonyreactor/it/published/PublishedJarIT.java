package org.tonyreactor.it.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each jar of a release. */
class PublishedJarIT {
    private static final String ENGINE = "reactor-impl";
    private static final List<String> LEGAL = List.of("META-INF/LICENSE", "META-INF/NOTICE");

    static List<String> modules() throws IOException {
        return Release.modulesWithJar();
    }

    static List<String> bundles() throws IOException {
        return modules().stream().filter(each -> !each.equals("felix-launcher")).toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasLicenceAndNotice(String module) throws IOException {
        Set<String> entries = Archive.entries(jar(module));

        assertTrue(entries.containsAll(LEGAL), entries::toString);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void namesThePackagesOfOthersThatItEmbeds(String module) throws IOException {
        Set<String> foreign = Archive.foreignPackages(jar(module));

        assertEquals(module.equals(ENGINE), !foreign.isEmpty(), foreign::toString);
        if (!foreign.isEmpty()) {
            String named = Archive.read(jar(module), "META-INF/THIRD-PARTY.md");
            foreign.forEach(each -> assertTrue(named.contains(each), each + " is not in:\n" + named));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void saysWhoseItIsAndWhereItComesFrom(String bundle) throws IOException {
        try (JarFile jar = new JarFile(jar(bundle).toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertEquals("tonyReactor contributors", manifest.getValue("Bundle-Vendor"));
            assertEquals("https://tonyreactor.org", manifest.getValue("Bundle-DocURL"));
            assertEquals(
                    "Apache-2.0;link=\"https://www.apache.org/licenses/LICENSE-2.0\"",
                    manifest.getValue("Bundle-License"));
            String source = manifest.getValue("Bundle-SCM");
            assertTrue(source.contains("connection=\"scm:git:https://tonyreactor.org/tonyreactor.git\""), source);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasASourceForEveryClass(String module) throws IOException {
        Set<String> sources = Archive.entries(Release.file(module, "-sources.jar"));
        Set<String> own = Archive.entries(jar(module)).stream()
                .filter(each -> each.startsWith("org/tonyreactor/") && each.endsWith(".class"))
                .map(each -> each.replaceFirst("(\\$.*)?\\.class$", ".java"))
                .collect(Collectors.toSet());
        if (module.equals("reactor-shell-karaf")) {
            // It embeds the commands, whose sources are those of another module.
            sources.addAll(Archive.entries(Release.file("reactor-shell", "-sources.jar")));
        }

        assertFalse(own.isEmpty());
        own.forEach(each -> assertTrue(sources.contains(each), each));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasADocumentationOfWhatOthersMayCall(String module) throws IOException {
        Set<String> pages = Archive.entries(Release.file(module, "-javadoc.jar"));

        assertTrue(pages.contains("index.html"), pages::toString);
        assertFalse(pages.stream().anyMatch(each -> each.contains("/internal/")), pages::toString);
    }

    @Test
    void theArchiveForKarafHasLicenceAndNotice() throws IOException {
        Set<String> entries = Archive.entries(Release.file("reactor-features", ".kar"));

        assertTrue(entries.containsAll(LEGAL), entries::toString);
    }

    private static Path jar(String module) {
        return Release.file(module, ".jar");
    }
}
