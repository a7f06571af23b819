package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Reads every {@code .cfg} file once before the start, so that a broken one is told and not silently left out. */
final class ConfFolder {
    private ConfFolder() {}

    static void check(Path folder) throws StartFailure {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ConfFolder::isConfiguration)) {
            for (Path file : files) {
                checkFile(file);
            }
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** The same as FileInstall reads: names with a dot before them are those of files that editors and systems leave. */
    private static boolean isConfiguration(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".cfg") && !name.startsWith(".");
    }

    private static void checkFile(Path file) throws StartFailure {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            new Properties().load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw failure(file, e);
        }
    }

    private static StartFailure failure(Path path, Exception e) {
        return new StartFailure("cannot read the configuration in " + path + " (" + StartFailure.causeOf(e)
                + "): correct it or remove it");
    }
}
