package org.tonyreactor.internal.engine.loop;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;

/** Logs what code of users has thrown. Neither waits nor throws. Any thread. */
public final class CallbackLog {
    private CallbackLog() {}

    /** Says what was called, and what it has thrown. */
    public static void threw(Log log, String callback, Throwable e) {
        FailureReport.threw(log, null, null, callback, e);
    }

    /** The same for code of somebody's. */
    public static void threw(Log log, Object of, Object callback, Throwable e) {
        FailureReport.threw(log, null, of, callback, e);
    }

    /** The same for one among many that do the same; what it is does not make another kind of failure. */
    public static void threw(Log log, Object who, @Nullable Object of, Object callback, Throwable e) {
        FailureReport.threw(log, who, of, callback, e);
    }
}
