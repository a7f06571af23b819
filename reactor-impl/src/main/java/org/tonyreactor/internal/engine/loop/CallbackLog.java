package org.tonyreactor.internal.engine.loop;

import org.slf4j.Logger;

/**
 * Logs what code of users has thrown. Printing it runs their code once more, which may throw once more: that must not get
 * between the engine and its work.
 */
public final class CallbackLog {
    private CallbackLog() {}

    /** Says who threw what, and never throws. */
    public static void threw(Logger log, String who, Throwable e) {
        try {
            log.warn("{} threw", who, e);
        } catch (Throwable unprintable) {
            log.warn("{} threw a {} that cannot be printed", who, e.getClass().getName());
        }
    }
}
