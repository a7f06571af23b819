package org.tonyreactor.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * Tells of files in {@code deploy/} that are no bundles, which FileInstall leaves out without a word. A file is looked at
 * once it has not changed between two looks, and told once. Runs on its own thread and owns its state there.
 */
final class DeployCheck {
    private static final long LOOK_MILLIS = 1000;

    private final Path folder;
    private final Consumer<String> warnings;
    private Map<Path, Stamp> seen = new HashMap<>();

    /** A file's state; {@code told} once it has been looked at. */
    private record Stamp(long size, long modifiedMillis, boolean told) {
        boolean isSameFileAs(Stamp other) {
            return size == other.size && modifiedMillis == other.modifiedMillis;
        }
    }

    DeployCheck(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    void start() {
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                look();
            }
        };
        new Timer("tonyreactor-deploy", true).schedule(task, 0, LOOK_MILLIS);
    }

    /** One look at the folder. */
    void look() {
        Map<Path, Stamp> now = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                stamp(file).ifPresent(stamp -> now.put(file, judged(file, stamp)));
            }
        } catch (IOException e) {
            // The folder is away for the moment; the next look tells what came back.
        }
        seen = now;
    }

    private Stamp judged(Path file, Stamp stamp) {
        Stamp before = seen.get(file);
        if (before == null || !before.isSameFileAs(stamp)) {
            return stamp;
        }
        if (!before.told()) {
            fault(file)
                    .ifPresent(fault -> warnings.accept(
                            file + " is no bundle (" + fault + ") and is left out: replace it or remove it"));
        }
        return new Stamp(stamp.size(), stamp.modifiedMillis(), true);
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stamp(
                            attributes.size(), attributes.lastModifiedTime().toMillis(), false))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> fault(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            boolean named = manifest != null && manifest.getMainAttributes().getValue("Bundle-SymbolicName") != null;
            return named ? Optional.empty() : Optional.of("its manifest has no Bundle-SymbolicName");
        } catch (ZipException e) {
            return Optional.of("a broken jar: " + StartFailure.causeOf(e));
        } catch (IOException e) {
            return Optional.of("it cannot be read: " + StartFailure.causeOf(e));
        }
    }
}
