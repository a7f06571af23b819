package org.tonyreactor.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Keeps the framework's bundles equal to the jars in {@code deploy/}. Each look takes what has come to rest: what has gone
 * goes first, then what has changed is updated, then what is new is installed; then all that is to run is started, in the
 * order of the names of their files.
 *
 * <p>What may call code of a bundle is an {@link Operation}. A look waits for it a little and goes on; while it has not come
 * back, nothing else is done to that bundle, and everything to the others. Belongs to one thread.
 */
final class Deployer {
    private final DeployFolder folder;
    private final BundleActions actions;
    private final Operations operations;
    private final DeployLog log;
    private final DeployedBundles bundles = new DeployedBundles();
    private final DeployedFiles files;
    private final List<Bundle> changed = new ArrayList<>();
    private String folderTrouble = "";

    Deployer(DeployFolder folder, Path copies, BundleActions actions, Operations operations, DeployLog log) {
        this.folder = folder;
        this.actions = actions;
        this.operations = operations;
        this.log = log;
        this.files = new DeployedFiles(bundles, copies, log);
    }

    /** One look at the folder, and what comes of it. */
    void look() throws InterruptedException {
        DeployFolder.Look look = folder.look();
        tellFolder(look.trouble().orElse(""));
        for (DeployedBundle bundle : bundles) {
            operations.settle(bundle);
        }
        files.take(look);
        changeContents();
        boolean others = actions.haveOthersChanged();
        if (!changed.isEmpty()) {
            refresh();
        }
        if (others || !changed.isEmpty()) {
            tryAgain();
        }
        changed.clear();
        startAll();
        tellServiceTroubles();
        bundlesInOrder().forEach(operations::watch);
    }

    /** What is not served as it should be: see {@link HotDeploy}. */
    List<Map<String, Object>> troubles() {
        List<Map<String, Object>> troubles = new ArrayList<>();
        files.broken().forEach((file, line) -> add(troubles, file, null, line, List.of()));
        for (DeployedBundle deployed : bundles) {
            add(troubles, deployed.file(), deployed.bundle(), deployed.trouble(), deployed.hangingStack());
        }
        return List.copyOf(troubles);
    }

    private static void add(
            List<Map<String, Object>> troubles, Path file, @Nullable Bundle bundle, String line, List<String> stack) {
        if (!line.isEmpty()) {
            long id = bundle == null ? -1 : bundle.getBundleId();
            troubles.add(Map.of("file", file.toString(), "bundle.id", id, "line", line, "stack", stack));
        }
    }

    private void tellFolder(String trouble) {
        if (!trouble.isEmpty() && !trouble.equals(folderTrouble)) {
            log.warn(trouble);
        }
        folderTrouble = trouble;
    }

    private void changeContents() throws InterruptedException {
        for (DeployedBundle bundle : bundles) {
            if (!bundle.isIdle() && (bundle.isOutdated() || bundle.fileCount() == 0)) {
                operations.interruptHanging(bundle);
            } else if (bundle.isIdle() && bundle.fileCount() == 0) {
                takeOut(bundle);
            }
        }
        for (DeployedBundle bundle : bundles) {
            if (bundle.isIdle() && bundle.isOutdated() && bundle.bundle() != null) {
                update(bundle);
            }
        }
        for (DeployedBundle bundle : bundlesInOrder()) {
            if (bundle.isIdle() && bundle.isOutdated() && bundle.bundle() == null) {
                install(bundle);
            }
        }
    }

    private void takeOut(DeployedBundle deployed) throws InterruptedException {
        Bundle bundle = deployed.bundle();
        BundleFile.Content original = deployed.original();
        if (bundle == null) {
            bundles.forget(deployed);
            return;
        }
        String words = deployed.words();
        operations.run(
                deployed,
                "the stop of " + words,
                original == null ? () -> actions.uninstall(bundle) : () -> actions.restore(bundle, original),
                failure -> {
                    changed.add(bundle);
                    bundles.forget(deployed);
                    if (failure == null) {
                        log.info(words + " was taken out");
                    } else {
                        log.warn(words + " was not taken out (" + StartFailure.causeOf(failure)
                                + "): start the server again");
                    }
                });
    }

    private void update(DeployedBundle deployed) throws InterruptedException {
        Map.Entry<Path, BundleJar> wanted = deployed.wanted().orElseThrow();
        Bundle bundle = deployed.bundle();
        if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) {
            install(deployed);
            return;
        }
        boolean toStart = BundleActions.isToRun(bundle);
        String before = deployed.words();
        operations.run(
                deployed, "the update of " + before, () -> actions.update(bundle, wanted.getValue()::open), failure -> {
                    deployed.setToStart(toStart);
                    if (failure == null) {
                        taken(deployed, bundle, wanted);
                    } else {
                        refused(deployed, wanted, failure, before + " goes on");
                    }
                });
    }

    private void install(DeployedBundle deployed) throws InterruptedException {
        Map.Entry<Path, BundleJar> wanted = deployed.wanted().orElseThrow();
        Optional<Bundle> same = actions.find(wanted.getValue());
        Optional<BundleFile.Content> original = same.flatMap(actions::original);
        if (same.isPresent() && original.isPresent()) {
            deployed.replaces(same.get(), original.get());
            update(deployed);
            return;
        }
        Bundle[] installed = new Bundle[1];
        operations.run(
                deployed,
                "the installation of " + wanted.getValue().identity(),
                () -> installed[0] = actions.install(wanted.getKey(), wanted.getValue()),
                failure -> {
                    if (failure == null) {
                        deployed.setToStart(true);
                        taken(deployed, installed[0], wanted);
                    } else {
                        refused(deployed, wanted, failure, "it is left out");
                    }
                });
    }

    private void taken(DeployedBundle deployed, Bundle bundle, Map.Entry<Path, BundleJar> wanted) {
        deployed.installed(bundle, wanted.getValue());
        changed.add(bundle);
        log.info(deployed.words() + " is that of " + wanted.getKey());
    }

    private void refused(
            DeployedBundle deployed, Map.Entry<Path, BundleJar> wanted, Throwable failure, String consequence) {
        deployed.refused(wanted.getValue());
        String line = wanted.getKey() + " cannot be installed (" + StartFailure.causeOf(failure) + "): " + consequence
                + "; replace it or remove it";
        deployed.setTrouble(line);
        log.warn(line);
    }

    private void refresh() throws InterruptedException {
        Set<Bundle> stale = actions.stale(changed);
        if (!stale.isEmpty()) {
            operations.run("the refresh of what uses a changed bundle", () -> actions.refresh(stale));
        }
    }

    /** What has failed may go well now: another bundle was changed. */
    private void tryAgain() {
        for (DeployedBundle bundle : bundles) {
            Bundle known = bundle.bundle();
            if (!bundle.trouble().isEmpty() && known != null && known.getState() != Bundle.ACTIVE) {
                bundle.setToStart(BundleActions.isToRun(known));
            }
        }
    }

    private void startAll() throws InterruptedException {
        for (DeployedBundle deployed : bundlesInOrder()) {
            Bundle bundle = deployed.bundle();
            if (deployed.isIdle() && deployed.isToStart() && bundle != null) {
                deployed.setToStart(false);
                if (bundle.getState() != Bundle.UNINSTALLED && !BundleActions.isFragment(bundle)) {
                    start(deployed, bundle);
                }
            }
        }
    }

    private void start(DeployedBundle deployed, Bundle bundle) throws InterruptedException {
        operations.run(deployed, "the start of " + deployed.words(), () -> actions.start(bundle), failure -> {
            tell(
                    deployed,
                    failure == null
                            ? actions.componentTrouble(bundle)
                            : Optional.of(StartTrouble.of(bundle, failure, actions.wiring())));
        });
    }

    /** A component may be made, and fail, when somebody asks for its service. */
    private void tellServiceTroubles() {
        for (DeployedBundle deployed : bundles) {
            Bundle bundle = deployed.bundle();
            if (bundle != null && deployed.isIdle()) {
                Optional<String> trouble = actions.serviceTrouble(bundle);
                if (trouble.isPresent()) {
                    tell(deployed, trouble);
                }
            }
        }
    }

    /** What is not wanted any more, such as a start that was interrupted because its file has gone, is not told. */
    private void tell(DeployedBundle deployed, Optional<String> cause) {
        String line = deployed.wanted()
                .flatMap(entry -> cause.map(words -> entry.getKey() + " does not start: " + words))
                .orElse("");
        if (deployed.setTrouble(line) && !line.isEmpty()) {
            log.warn(line);
        }
    }

    private List<DeployedBundle> bundlesInOrder() {
        return StreamSupport.stream(bundles.spliterator(), false)
                .sorted(Comparator.comparing(bundle -> bundle.file().toString()))
                .toList();
    }
}
