package org.tonyreactor;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the rules look at: classes, and the sources that they are compiled from. */
record ArchitectureProduct(JavaClasses classes, List<Source> sources) {
    /** The API and the engine's bundle, without their tests. Surefire runs in the folder of the engine's module. */
    static ArchitectureProduct ofThisBuild() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ArchitectureRules.ROOT);
        return new ArchitectureProduct(
                classes, Source.below(Path.of("src/main/java"), Path.of("../reactor-api/src/main/java")));
    }

    /**
     * A source file.
     *
     * @param name the qualified name of its type
     * @param text the file as it is
     */
    record Source(String name, String text) {
        private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
                "//[^\\n]*|/\\*.*?\\*/"
                        + "|\"\"\".*?(?<!\\\\)\"\"\""
                        + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\""
                        + "|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'",
                Pattern.DOTALL);
        private static final Pattern QUALIFIED_NAME =
                Pattern.compile("\\b(?:com|io|java|javax|jdk|net|org|sun)(?:\\.[a-z]\\w*)+\\.(?:[A-Z]\\w*|\\*)");

        /** A class in another one, as the formatter indents it. */
        private static final Pattern PART =
                Pattern.compile("^    public static final class .*?^    \\}$", Pattern.DOTALL | Pattern.MULTILINE);

        /** All sources in the folders, at any depth. */
        static List<Source> below(Path... folders) {
            List<Source> sources = new ArrayList<>();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                            .toList()) {
                        String path = folder.relativize(file).toString();
                        String name = path.substring(0, path.length() - ".java".length());
                        sources.add(new Source(
                                name.replace(file.getFileSystem().getSeparator(), "."), Files.readString(file)));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return sources;
        }

        /** The text without its comments, and with each line of a literal as an empty literal. */
        String code() {
            return COMMENT_OR_LITERAL
                    .matcher(text)
                    .replaceAll(found ->
                            found.group().startsWith("/") ? " " : found.group().replaceAll(".+", "\"\""));
        }

        /** The types that the code names with their package, in an import or elsewhere; {@code a.b.*} for a whole package. */
        List<String> namedTypes() {
            return QUALIFIED_NAME
                    .matcher(code())
                    .results()
                    .map(found -> found.group())
                    .distinct()
                    .toList();
        }

        /**
         * Lines of its longest class that are not blank, not a comment and not an import. A part of settings, which is a
         * public static final class in another one, is a class of its own.
         */
        long linesOfLongestClass() {
            String text = code();
            Matcher part = PART.matcher(text);
            long longest = part.results()
                    .map(MatchResult::group)
                    .mapToLong(Source::linesOfCode)
                    .max()
                    .orElse(0);
            return Math.max(longest, linesOfCode(part.replaceAll("")));
        }

        private static long linesOfCode(String text) {
            return text.lines()
                    .map(String::strip)
                    .filter(Predicate.not(String::isEmpty))
                    .filter(line -> !line.startsWith("import "))
                    .count();
        }
    }
}
