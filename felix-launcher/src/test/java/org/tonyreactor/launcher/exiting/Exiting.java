package org.tonyreactor.launcher.exiting;

import org.osgi.service.component.annotations.Component;

/** Ends the server, as a library does that thinks that the process is its own. */
@Component(service = Exiting.class, immediate = true)
public final class Exiting {
    /** What it exits with. */
    public static final int STATUS = 7;

    /** Exits on a thread of its own. */
    public Exiting() {
        new Thread(Exiting::exitOnPurpose, "exiting").start();
    }

    private static void exitOnPurpose() {
        System.exit(STATUS);
    }
}
