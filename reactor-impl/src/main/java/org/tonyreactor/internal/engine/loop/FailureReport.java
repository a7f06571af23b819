package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.log.LogThread;

/**
 * Says that something has failed, and neither waits nor throws, however little of the heap is left. Failures of one kind
 * (what was done, for whom, and the class of what was thrown) are told once in a second, and counted beside that.
 *
 * <p>Any thread.
 */
public final class FailureReport {
    /** How often the kinds that have come are summed up. */
    public static final long SUM_MILLIS = 1_000;

    private static final AtomicLong ERRORS = new AtomicLong();

    private FailureReport() {}

    /** How many Errors there were that may strike anywhere, so that what they have left half done is not known. */
    public static long errors() {
        return ERRORS.get();
    }

    private static void count(Throwable e) {
        if (e instanceof Error && !(e instanceof LinkageError || e instanceof AssertionError)) {
            ERRORS.incrementAndGet();
        }
    }

    /** Something of the engine has failed. */
    public static void failed(Log log, Object who, Object what, Throwable e) {
        count(e);
        if (LogThread.isShort()) {
            LogThread.countUnsaid();
            return;
        }
        try {
            String kind = (what instanceof Enum || what instanceof String
                            ? what
                            : what.getClass().getName()) + " failed with " + nameOf(e);
            log.errorOfKind(kind, "", "{}: {} failed", who, what, e);
        } catch (Throwable noMemory) {
            count(noMemory);
            LogThread.countUnsaid();
        }
    }

    /**
     * Code of a user's has thrown.
     *
     * @param who which one it was among many; null when it is the only one
     * @param of whose it is
     * @param callback which part of it
     */
    static void threw(Log log, @Nullable Object who, @Nullable Object of, Object callback, Throwable e) {
        count(e);
        if (LogThread.isShort()) {
            LogThread.countUnsaid();
            return;
        }
        try {
            String whose = of == null ? "" : of.toString();
            String kind = callback + " threw " + nameOf(e);
            if (who == null) {
                log.warnOfKind(kind, whose, of == null ? "{}{} threw" : "{}: {} threw", whose, callback, e);
            } else {
                log.warnOfKind(
                        kind, whose, of == null ? "{}{}: {} threw" : "{} of {}: {} threw", who, whose, callback, e);
            }
        } catch (Throwable noMemory) {
            count(noMemory);
            LogThread.countUnsaid();
        }
    }

    private static String nameOf(Throwable e) {
        return e.getClass().getName();
    }
}
