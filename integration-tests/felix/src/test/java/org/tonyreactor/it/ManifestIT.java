package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests promise and ask for. */
class ManifestIT {
    private static final int SHORTER_THAN_LINES = 15;

    @Test
    void apiBundleImportsNothingButOsgiDto() throws IOException {
        Parameters imports = header(FelixFixture.bundleFile("reactor-api"), "Import-Package");

        assertEquals(Set.of("org.osgi.dto"), imports.keySet());
    }

    @Test
    void implExportsNothing() throws IOException {
        Attributes manifest = manifest(FelixFixture.bundleFile("reactor-impl"));

        assertNull(manifest.getValue("Export-Package"));
    }

    @Test
    void implImportsTheApiAsItsOnlyProvider() throws IOException {
        Parameters imports = header(FelixFixture.bundleFile("reactor-impl"), "Import-Package");

        assertEquals("[1.0,1.1)", imports.get("org.tonyreactor.transport").getVersion());
        assertEquals("[1.0,1.1)", imports.get("org.tonyreactor.runtime").getVersion());
        assertEquals("[1.0,1.1)", imports.get("org.tonyreactor.reactor").getVersion());
    }

    @Test
    void implProvidesTheEngineAndItsServices() throws IOException {
        Parameters capabilities = header(FelixFixture.bundleFile("reactor-impl"), "Provide-Capability");

        Attrs engine = capabilities.get("osgi.implementation");
        assertEquals("tonyreactor", engine.get("osgi.implementation"));
        assertEquals("1.0.0", engine.getVersion());
        List<String> services = Stream.of("osgi.service", "osgi.service~", "osgi.service~~")
                .map(capabilities::get)
                .map(attributes -> attributes.get("objectClass"))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "org.tonyreactor.reactor.Reactor",
                        "org.tonyreactor.runtime.ReactorAdmin",
                        "org.tonyreactor.runtime.ReactorRuntime"),
                services);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactor-api", "reactor-impl", "sample-echo"})
    void importsNothingDynamicallyAndOptionallyOnlyWhatTheEngineDescribesPropertiesWith(String artifact)
            throws IOException {
        Path bundle = FelixFixture.bundleFile(artifact);

        assertNull(manifest(bundle).getValue("DynamicImport-Package"));
        assertEquals(
                artifact.equals("reactor-impl") ? List.of("org.osgi.service.metatype") : List.of(),
                header(bundle, "Import-Package").entrySet().stream()
                        .filter(each -> "optional".equals(each.getValue().get("resolution:")))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void annotatedBundleRequiresTheEngineWithoutAHandWrittenLine(@TempDir Path folder) throws IOException {
        Path bundle = ProtocolBundle.pack(folder, "it.annotated", "org.tonyreactor.it.annotated", "");

        Attributes manifest = manifest(bundle);
        String requirements = manifest.getValue("Require-Capability");
        assertTrue(requirements.contains("osgi.implementation"), requirements);
        assertTrue(requirements.contains("(osgi.implementation=tonyreactor)(version>=1.0.0)"), requirements);
        assertTrue(requirements.contains("(osgi.extender=osgi.component)"), requirements);
        assertEquals("OSGI-INF/annotated-echo.xml", manifest.getValue("Service-Component"));
        Set<String> imports = new TreeSet<>(
                OSGiHeader.parseHeader(manifest.getValue("Import-Package")).keySet());
        imports.removeIf(each -> each.startsWith("java."));
        assertEquals(Set.of("org.tonyreactor.protocol", "org.tonyreactor.transport"), imports);
    }

    @Test
    void sampleEchoIsFewerThan15LinesOfCode() throws IOException {
        List<String> code = Files.readAllLines(Path.of(System.getProperty("echo.source"))).stream()
                .map(String::trim)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("/*"))
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .toList();

        assertTrue(code.size() < SHORTER_THAN_LINES, code.size() + " lines: " + code);
    }

    private static Parameters header(Path bundle, String name) throws IOException {
        return OSGiHeader.parseHeader(manifest(bundle).getValue(name));
    }

    private static Attributes manifest(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }
}
