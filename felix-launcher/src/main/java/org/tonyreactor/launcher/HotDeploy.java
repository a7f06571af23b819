package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Looks at {@code deploy/} on a thread of its own, from the start of the engine until the server stops.
 *
 * <p>It is a {@link Supplier} in the framework's registry, with the property {@value #TROUBLES}: of a list of maps, one for
 * each file that is not served as it should be. {@code file} is its path, {@code bundle.id} the id of its bundle or -1,
 * {@code line} says the cause and the remedy, and {@code stack} is a list of the frames of a call into the bundle that does not
 * come back, the innermost first, else empty. The types are the JDK's, since bundles do not see the launcher's.
 */
final class HotDeploy implements AutoCloseable {
    /** The property that tells the service from others of its type. */
    static final String TROUBLES = "reactor.deploy.troubles";

    private static final long LOOK_MILLIS = 250;
    /** How long the others wait for the start of one bundle, which keeps the order of the starts. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final long JOIN_MILLIS = 2_000;

    private final Deployer deployer;
    private final Operations operations;
    private final HangingStop hangingStop;
    private final DeployLog log;
    private final Thread thread;
    private volatile List<Map<String, Object>> troubles = List.of();
    private volatile boolean closed;
    private String told = "";

    private HotDeploy(Home home, BundleContext context, List<BundleFile> installation) {
        log = new ServerLog(context);
        BundleActions actions = new BundleActions(context, installation, log);
        actions.listen();
        operations = new Operations(PATIENCE_MILLIS, System::nanoTime, log);
        deployer = new Deployer(
                new DeployFolder(home.deploy()), emptied(home.cache().resolve("deploy")), actions, operations, log);
        hangingStop = new HangingStop(actions);
        thread = new Thread(this::run, "tonyreactor-deploy");
        thread.setDaemon(true);
    }

    static HotDeploy start(Home home, BundleContext context, List<BundleFile> installation) {
        HotDeploy deploy = new HotDeploy(home, context, installation);
        Supplier<List<Map<String, Object>>> report = () -> deploy.troubles;
        context.registerService(Supplier.class, report, FrameworkUtil.asDictionary(Map.of(TROUBLES, true)));
        deploy.thread.start();
        return deploy;
    }

    /** Ends the looks, and asks starts that hang to end. Any thread. */
    @Override
    public void close() {
        closed = true;
        operations.close();
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells, when the framework does not stop, which bundle holds it up. Returns false when it is none of deploy/. */
    boolean tellHangingStop(long millis) {
        Optional<HangingStop.Place> place = operations.hanging().or(hangingStop::find);
        place.ifPresent(found -> log.warn(
                found.words() + " does not let the server stop since " + TimeUnit.MILLISECONDS.toSeconds(millis)
                        + " s: correct its stop",
                found.stack()));
        return place.isPresent();
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed && sleep());
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    /** Whatever goes wrong, the next look comes: without this thread nothing would be deployed, and nothing told. */
    private void look() throws InterruptedException {
        try {
            deployer.look();
            troubles = deployer.troubles();
            told = "";
        } catch (RuntimeException | Error e) {
            tellOnce(e);
        }
    }

    private void tellOnce(Throwable failure) {
        try {
            String line = "deploy/ cannot be looked at (" + StartFailure.causeOf(failure) + "): it is tried again";
            if (!closed && !line.equals(told)) {
                log.warn(line);
            }
            told = line;
        } catch (Error e) {
            // There is no memory to tell it either.
        }
    }

    private static boolean sleep() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** What an earlier process has left there is of no use. */
    private static Path emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
                for (Path file : old) {
                    Files.delete(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
