package org.tonyreactor.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/reliability.md names exists: each promise has its test, and each bound its constant. */
class PromisesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/reliability.md");
    private static final int MAX_LINES = 120;

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern CONSTANT = Pattern.compile("`(\\w+)\\.([A-Z][A-Z0-9_]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void eachTestThatIsNamedExists() throws IOException {
        Map<String, String> tests = sources("/src/test/");
        List<String> strangers = new ArrayList<>();
        int named = 0;
        for (Matcher test = TEST.matcher(page()); test.find(); named++) {
            String source = tests.getOrDefault(test.group(1), "");
            String method = test.group(2);
            if (source.isEmpty() || (method != null && !source.contains(" void " + method + "("))) {
                strangers.add(test.group());
            }
        }

        assertEquals(List.of(), strangers, "tests that there are not");
        assertTrue(named > 50, named + " tests");
    }

    @Test
    void eachConstantThatIsNamedExists() throws IOException {
        Map<String, String> classes = sources("/src/main/");
        List<String> strangers = new ArrayList<>();
        for (Matcher constant = CONSTANT.matcher(page()); constant.find(); ) {
            if (!classes.getOrDefault(constant.group(1), "").contains(" " + constant.group(2) + " = ")) {
                strangers.add(constant.group());
            }
        }

        assertEquals(List.of(), strangers, "constants that there are not");
    }

    @Test
    void eachPromiseNamesATest() throws IOException {
        List<String> without = page().lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
                .filter(line -> !TEST.matcher(line).find())
                .toList();

        assertEquals(List.of(), without);
    }

    @Test
    void thePageIsShortAndItsLinksLeadSomewhere() throws IOException {
        assertTrue(page().lines().count() <= MAX_LINES, page().lines().count() + " lines");
        List<String> broken = new ArrayList<>();
        for (Matcher link = LINK.matcher(page()); link.find(); ) {
            if (!Files.exists(PAGE.resolveSibling(link.group(1)))) {
                broken.add(link.group(1));
            }
        }

        assertEquals(List.of(), broken);
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** The Java sources of all modules in one kind of folder, by the name of the class; several of one name together. */
    private static Map<String, String> sources(String folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file :
                    files.filter(each -> isSource(each.toString(), folder)).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), String::concat);
            }
        }
        return sources;
    }

    private static boolean isSource(String file, String folder) {
        return file.endsWith(".java") && file.contains(folder) && !file.contains("/target/");
    }
}
