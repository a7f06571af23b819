package org.tonyreactor.sample.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What bnd has written into the bundle. */
class EchoJarIT {
    private static final String COMPONENT = "OSGI-INF/org.tonyreactor.sample.echo.Echo.xml";

    @Test
    void componentHasThePropertiesThatItsSourceSetsAndNoOther() throws Exception {
        assertEquals(Map.of("reactor.port", "7007", "reactor.name", "echo"), properties(component()));
    }

    private static Map<String, String> properties(Document component) {
        Map<String, String> properties = new TreeMap<>();
        NodeList elements = component.getElementsByTagName("property");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            String value = element.getAttribute("value");
            properties.put(
                    element.getAttribute("name"),
                    value.isEmpty() ? element.getTextContent().trim() : value);
        }
        return properties;
    }

    private static Document component() throws Exception {
        try (Stream<Path> target = Files.list(Path.of("target"))) {
            List<Path> jars = target.filter(file -> file.toString().endsWith("-SNAPSHOT.jar"))
                    .toList();
            assertEquals(1, jars.size(), jars::toString);
            try (JarFile jar = new JarFile(jars.get(0).toFile());
                    InputStream xml = jar.getInputStream(jar.getEntry(COMPONENT))) {
                return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
            }
        }
    }
}
