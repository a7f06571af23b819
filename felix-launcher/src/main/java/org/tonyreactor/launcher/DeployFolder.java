package org.tonyreactor.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jars in a folder, looked at again and again by its name, so that a folder that was made anew, or a link that leads
 * elsewhere now, is found like any other change. A file is told when two looks in a row have found it the same, and as gone
 * when two looks in a row have not found it. Belongs to one thread.
 */
final class DeployFolder {
    /** After so many looks without a change nobody is writing the file any more, however slowly. */
    static final int LOOKS_TO_REST = 9;

    private static final int LOOKS_TO_SETTLE = 2;
    private static final int LOOKS_TO_BE_GONE = 2;

    private final Path folder;
    private final Map<Path, Sighting> sightings = new TreeMap<>();

    /**
     * What one look has found.
     *
     * @param settled new and changed files that two looks have found the same
     * @param resting files that are the same since {@link #LOOKS_TO_REST} looks
     * @param gone files that were settled and are not there any more
     * @param trouble why the folder cannot be looked at, or empty
     */
    record Look(List<Path> settled, List<Path> resting, List<Path> gone, Optional<String> trouble) {}

    /** What tells one content of a file from the next; a file that is moved over another one has another key. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {}

    private static final class Sighting {
        private Stamp stamp;
        private int same = 1;
        private int missed;
        private boolean settled;

        Sighting(Stamp stamp) {
            this.stamp = stamp;
        }

        void see(Stamp now) {
            same = now.equals(stamp) ? Math.min(same + 1, LOOKS_TO_REST + 1) : 1;
            stamp = now;
            missed = 0;
        }
    }

    DeployFolder(Path folder) {
        this.folder = folder;
    }

    Look look() {
        Map<Path, Stamp> found = new TreeMap<>();
        Optional<String> trouble = Optional.empty();
        try {
            find(found);
        } catch (NoSuchFileException | NotDirectoryException e) {
            trouble = Optional.of("there is no folder " + folder + ": make it, and what is in it is served");
        } catch (IOException e) {
            // Nothing is known of the files: they are neither changed nor gone.
            String cause = e.getClass().getSimpleName() + " at " + StartFailure.causeOf(e);
            return new Look(
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of("cannot read the folder " + folder + " (" + cause + "): make it readable"));
        }
        return compare(found, trouble);
    }

    private void find(Map<Path, Stamp> found) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, DeployFolder::isJar)) {
            for (Path file : files) {
                stamp(file).ifPresent(stamp -> found.put(file, stamp));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Names that begin with a dot are those of files that editors and systems put beside others. */
    private static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    private Look compare(Map<Path, Stamp> found, Optional<String> trouble) {
        List<Path> settled = new ArrayList<>();
        List<Path> resting = new ArrayList<>();
        found.forEach((file, stamp) -> {
            Sighting sighting = sightings.get(file);
            if (sighting == null) {
                sightings.put(file, new Sighting(stamp));
                return;
            }
            sighting.see(stamp);
            if (sighting.same == LOOKS_TO_SETTLE) {
                sighting.settled = true;
                settled.add(file);
            } else if (sighting.same == LOOKS_TO_REST) {
                resting.add(file);
            }
        });
        return new Look(settled, resting, forget(found), trouble);
    }

    private List<Path> forget(Map<Path, Stamp> found) {
        List<Path> gone = new ArrayList<>();
        for (Iterator<Map.Entry<Path, Sighting>> all = sightings.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Path, Sighting> each = all.next();
            // The entry must not be asked after its removal: it may be that of the next file then.
            Path file = each.getKey();
            Sighting sighting = each.getValue();
            if (!found.containsKey(file) && ++sighting.missed == LOOKS_TO_BE_GONE) {
                all.remove();
                if (sighting.settled) {
                    gone.add(file);
                }
            }
        }
        return gone;
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
