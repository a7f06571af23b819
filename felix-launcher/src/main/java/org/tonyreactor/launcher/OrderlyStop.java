package org.tonyreactor.launcher;

import java.io.PrintStream;
import java.time.Duration;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/**
 * The shutdown hook: stops the framework and with it every bundle in order, and gives the process its exit status. A JVM
 * that was ended by a signal would exit with 128 plus its number; a server that did what it was asked for exits with 0.
 */
final class OrderlyStop {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Framework framework;
    private final HomeLock lock;
    private final PrintStream console;
    private volatile int status;
    private volatile boolean begun;

    OrderlyStop(Framework framework, HomeLock lock, PrintStream console) {
        this.framework = framework;
        this.lock = lock;
        this.console = console;
    }

    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "tonyreactor-stop"));
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

    /** Nothing runs after it: other hooks have had their time, the streams are flushed. */
    private void stopAndHalt() {
        begun = true;
        boolean stopped = false;
        try {
            framework.stop();
            FrameworkEvent event = framework.waitForStop(BOUND.toMillis());
            stopped = event.getType() != FrameworkEvent.WAIT_TIMEDOUT;
            if (!stopped) {
                complain("did not stop within " + BOUND.toSeconds() + " s and was ended: see the log in logs/");
            }
        } catch (BundleException | InterruptedException e) {
            complain("did not stop in order (" + StartFailure.causeOf(e) + "): see the log in logs/");
        }
        lock.release();
        System.out.flush();
        console.flush();
        Runtime.getRuntime().halt(stopped ? status : 1);
    }

    private void complain(String message) {
        console.println("tonyReactor: " + message);
    }
}
