package org.tonyreactor.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of {@code deploy/} that have come to rest: each is copied, and belongs to a bundle from then on or is told as
 * broken. Belongs to the thread of {@link Deployer}.
 */
final class DeployedFiles {
    private final DeployedBundles bundles;
    private final Path copies;
    private final DeployLog log;
    /** Files that are no bundles, each with the line that was told, which is empty before. */
    private final Map<Path, String> broken = new HashMap<>();

    /** Files that have settled: those that the last look could not read, or did not come to, are taken by the next one. */
    private final Set<Path> untaken = new LinkedHashSet<>();

    private final Set<Path> gone = new LinkedHashSet<>();
    private int copyNumber;

    /**
     * With no files.
     *
     * @param bundles what the files have
     * @param copies a folder for their copies
     */
    DeployedFiles(DeployedBundles bundles, Path copies, DeployLog log) {
        this.bundles = bundles;
        this.copies = copies;
        this.log = log;
    }

    /** What one look at the folder has found. */
    void take(DeployFolder.Look look) {
        note(look);
        List.copyOf(untaken).forEach(file -> take(file, false));
        look.resting().stream().filter(broken::containsKey).toList().forEach(file -> take(file, true));
        List.copyOf(gone).forEach(this::remove);
    }

    /** Those that are no bundles, each with the line that was told, which is empty before. */
    Map<Path, String> broken() {
        return broken;
    }

    /** The folder tells each change once, and this look may fail, for want of memory say. */
    private void note(DeployFolder.Look look) {
        gone.addAll(look.gone());
        for (Path file : look.settled()) {
            gone.remove(file);
            broken.remove(file);
            untaken.add(file);
        }
    }

    /** A broken file may be one that is still being written, so it is told later. */
    private void take(Path file, boolean rested) {
        try {
            BundleJar jar = BundleJar.copyOf(file, copies.resolve(++copyNumber + ".jar"));
            broken.remove(file);
            DeployedBundle bundle = bundles.put(file, jar);
            untaken.remove(file);
            if (!bundle.isOutdated()) {
                jar.deleteCopy();
            }
            if (bundle.fileCount() > 1) {
                log.info(file + " has the bundle " + jar.identity()
                        + ", which another file has too: the last one counts");
            }
        } catch (BundleJar.Fault fault) {
            broken.putIfAbsent(file, "");
            if (!fault.mayPass()) {
                untaken.remove(file);
            }
            if (rested) {
                String line = brokenLine(file, fault);
                broken.put(file, line);
                log.warn(line);
            }
        }
    }

    private String brokenLine(Path file, BundleJar.Fault fault) {
        String cause = file + " is no bundle (" + fault.getMessage() + ") and is left out: ";
        return bundles.of(file)
                .map(bundle -> cause + bundle.words() + " goes on; replace the file, or remove it to stop the bundle")
                .orElse(cause + "replace it or remove it");
    }

    private void remove(Path file) {
        broken.remove(file);
        untaken.remove(file);
        Optional<DeployedBundle> bundle = bundles.remove(file);
        gone.remove(file);
        // The file that counts now may have another content, whose copy was deleted when it was installed.
        bundle.filter(DeployedBundle::isOutdated)
                .flatMap(DeployedBundle::wanted)
                .ifPresent(entry -> take(entry.getKey(), false));
    }
}
