package org.tonyreactor.internal.engine.loop;

import org.slf4j.Logger;

/**
 * Logs the exceptions of user code. Printing an exception runs user code again, and this code may throw again, or never
 * end. That must not keep the engine from its work.
 */
public final class CallbackLog {
    private CallbackLog() {}

    /** Logs which code threw which exception, and never throws. */
    public static void threw(Logger log, String who, Throwable e) {
        FailureReport.threw(log, who, e);
    }

    /** The same for a source that is described only here, because a description needs memory. */
    public static void threw(Logger log, Object who, Object of, Object callback, Throwable e) {
        try {
            FailureReport.threw(log, who + " of " + of + ": " + callback, e);
        } catch (Throwable noMemory) {
            FailureReport.countUnlogged();
        }
    }
}
