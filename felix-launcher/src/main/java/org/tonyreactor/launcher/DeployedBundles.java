package org.tonyreactor.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Which files have which bundle. A bundle is known by its name and version; a file whose bundle changes updates that bundle,
 * unless another file has the new one already. Belongs to the thread of {@link Deployer}.
 */
final class DeployedBundles implements Iterable<DeployedBundle> {
    private final List<DeployedBundle> all = new ArrayList<>();

    /** A file has this content now. Returns its bundle. */
    DeployedBundle put(Path file, BundleJar jar) {
        Optional<DeployedBundle> old = of(file);
        DeployedBundle target = same(jar)
                .or(() -> old.filter(bundle -> bundle.fileCount() == 1))
                .orElseGet(this::add);
        old.filter(bundle -> bundle != target).ifPresent(bundle -> bundle.remove(file));
        target.put(file, jar);
        return target;
    }

    /** A file has gone. Returns its bundle, if it was a bundle. */
    Optional<DeployedBundle> remove(Path file) {
        Optional<DeployedBundle> old = of(file);
        old.ifPresent(bundle -> bundle.remove(file));
        return old;
    }

    /** A bundle has no files any more, and the framework has let it go. */
    void forget(DeployedBundle bundle) {
        all.remove(bundle);
    }

    /** The bundle in a file. */
    Optional<DeployedBundle> of(Path file) {
        return all.stream().filter(bundle -> bundle.has(file)).findFirst();
    }

    /** In the order in which they came; a bundle may be forgotten meanwhile. */
    @Override
    public Iterator<DeployedBundle> iterator() {
        return List.copyOf(all).iterator();
    }

    private Optional<DeployedBundle> same(BundleJar jar) {
        return all.stream()
                .filter(bundle -> bundle.identity().equals(jar.identity()))
                .findFirst();
    }

    private DeployedBundle add() {
        DeployedBundle bundle = new DeployedBundle();
        all.add(bundle);
        return bundle;
    }
}
