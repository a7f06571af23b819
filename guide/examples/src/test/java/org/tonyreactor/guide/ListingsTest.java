package org.tonyreactor.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the guide show is in a file that is built and tested. */
class ListingsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGES = ROOT.resolve("docs/guide");
    private static final Pattern LISTING = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    /** Commands and what they print are not taken from files. */
    private static final Set<String> HELD = Set.of("java", "xml", "properties", "ini", "bndrun");

    private record Listing(Path page, String language, String text) {}

    @Test
    void eachListingIsInAFileThatIsBuilt() throws IOException {
        List<String> sources = sources();
        List<String> strangers = new ArrayList<>();
        int held = 0;
        for (Listing each : listings()) {
            if (HELD.contains(each.language)) {
                held++;
                if (sources.stream().noneMatch(source -> source.contains(stripped(each.text)))) {
                    strangers.add(each.page.getFileName() + ":\n" + each.text);
                }
            }
        }

        assertEquals(List.of(), strangers, "listings that are in no file");
        assertTrue(held > 10, held + " listings");
    }

    @Test
    void eachLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page.getFileName() + ": " + link.group(1));
                }
            }
        }

        assertEquals(List.of(), broken);
    }

    @Test
    void theReadmeIsShort() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertTrue(readme.lines().count() <= 120, readme.lines().count() + " lines");
        int words = readme.split("\\s+").length;
        assertTrue(words <= 900, words + " words");
    }

    @Test
    void eachPageIsInTheIndexOfTheGuide() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            assertTrue(name.equals("README.md") || index.contains("(" + name + ")"), name);
        }
    }

    private static List<Listing> listings() throws IOException {
        List<Listing> found = new ArrayList<>();
        for (Path page : pages()) {
            Matcher listing = LISTING.matcher(Files.readString(page));
            while (listing.find()) {
                found.add(new Listing(page, listing.group(1), listing.group(2)));
            }
        }
        return found;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> guide = Files.list(PAGES)) {
            guide.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** Everything in the modules of the guide and of the samples, with no indentation. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String module : List.of("guide", "sample-echo", "sample-counter", "felix-launcher", "integration-tests")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                for (Path file : files.filter(ListingsTest::isSource).toList()) {
                    sources.add(stripped(Files.readString(file)));
                }
            }
        }
        return sources;
    }

    private static boolean isSource(Path file) {
        String name = file.toString();
        return !name.contains("/target/")
                && (name.endsWith(".java")
                        || name.endsWith(".xml")
                        || name.endsWith(".properties")
                        || name.endsWith(".ini")
                        || name.endsWith(".bndrun")
                        || name.endsWith(".cfg"));
    }

    private static String stripped(String text) {
        return String.join("\n", text.lines().map(String::strip).toList()).strip();
    }
}
