package org.tonyreactor.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/**
 * The shutdown hook: stops the framework and with it every bundle in order, and gives the process its exit status. A JVM
 * that was ended by a signal would exit with 128 plus its number; a server that did what it was asked for exits with 0. A
 * bundle that calls {@code System.exit} has the last word on the status, and the log says who it was.
 */
final class OrderlyStop {
    private static final Duration BOUND = Duration.ofSeconds(20);
    /** After that it is told who holds it up. */
    private static final Duration HANGING = Duration.ofSeconds(5);

    private static final String LOGGERS = "org.osgi.service.log.LoggerFactory";
    private static final String LOGGER = "org.osgi.service.log.Logger";

    private final Framework framework;
    private final HomeLock lock;
    private final PlainPath plain;
    private final PrintStream console;
    private volatile int status;
    private volatile boolean begun;
    private volatile @Nullable HotDeploy deploy;

    OrderlyStop(Framework framework, HomeLock lock, PlainPath plain, PrintStream console) {
        this.framework = framework;
        this.lock = lock;
        this.plain = plain;
        this.console = console;
    }

    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "tonyreactor-stop"));
    }

    /** Ends the looks at deploy/ first. */
    void closeFirst(HotDeploy looks) {
        deploy = looks;
    }

    /** Ends the process, the framework first. Called by the main thread, which stays here. */
    void exit(int exitStatus) {
        if (!begun) {
            status = exitStatus;
        }
        System.exit(exitStatus);
    }

    /** Ends it after a failure; one that comes of being stopped during the start is none. */
    void fail(String message, int exitStatus) {
        if (!begun) {
            complain(message);
        }
        exit(exitStatus);
    }

    /**
     * The hook. Unless a bundle has called for the exit nothing runs after it: other hooks have had their time, the streams
     * are flushed. Else the JVM goes on with the status of that call, which nobody else knows.
     */
    private void stopAndHalt() {
        begun = true;
        Optional<ExitCall> call = ExitCall.find(Thread.getAllStackTraces());
        call.ifPresent(this::tell);
        boolean stopped = stop();
        lock.release();
        plain.delete();
        System.out.flush();
        console.flush();
        if (call.isEmpty()) {
            Runtime.getRuntime().halt(stopped ? status : 1);
        }
    }

    private boolean stop() {
        try {
            HotDeploy looks = deploy;
            if (looks != null) {
                looks.close();
            }
            framework.stop();
            return awaitStop(HANGING) || awaitHeldUp(looks);
        } catch (BundleException | InterruptedException e) {
            complain("did not stop in order (" + StartFailure.causeOf(e) + "): see the log in logs/");
            return false;
        }
    }

    /** Tells the log, which shows warnings on the console too; the console alone when there is no log. */
    private void tell(ExitCall call) {
        BundleContext context = framework.getBundleContext();
        Bundle[] bundles = context == null ? new Bundle[0] : context.getBundles();
        String said =
                "System.exit was called by " + call.caller(bundles) + ": the server stops with the status of that call";
        try {
            Optional<ForeignService> loggers =
                    context == null ? Optional.empty() : ForeignService.find(context, LOGGERS);
            if (loggers.isPresent()) {
                Class<?> type = loggers.get().neighbour(LOGGER);
                Object logger = loggers.get().call("getLogger", OrderlyStop.class.getName());
                Class<?>[] text = {String.class};
                ForeignService.call(type, logger, "warn", text, said);
                ForeignService.call(type, logger, "info", text, "the stack of that call:" + call.trace());
                return;
            }
        } catch (IllegalStateException e) {
            // The log stops already, say.
        }
        complain(said);
    }

    /** A bundle of deploy/ may hold it up until the bound: that is the bundle's failure, and the stop goes on without it. */
    private boolean awaitHeldUp(@Nullable HotDeploy looks) throws InterruptedException {
        boolean byBundle = looks != null && looks.tellHangingStop(HANGING.toMillis());
        if (awaitStop(BOUND.minus(HANGING))) {
            return true;
        }
        complain("did not stop within " + BOUND.toSeconds() + " s and was ended: see the log in logs/");
        return byBundle;
    }

    private boolean awaitStop(Duration bound) throws InterruptedException {
        return framework.waitForStop(bound.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    private void complain(String message) {
        console.println("tonyReactor: " + message);
    }
}
