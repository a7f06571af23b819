package org.tonyreactor.internal.engine.loop;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Reports failures, and never throws, even if almost no heap is left. It tries the log first. If that fails, it writes,
 * once, a line that was prepared while there was memory. It counts the failures that could not be logged;
 * {@link #reportUnlogged} reports their number later. An exception may be hostile, so it is checked, within bounds,
 * before it is printed.
 *
 * <p>Any thread.
 */
public final class FailureReport {
    /** How many causes of an exception are printed; one with more has a line of its own. */
    static final int MAX_CAUSES = 64;
    /** How long the messages of an exception and its causes may be together. */
    static final int MAX_MESSAGE_CHARS = 1 << 16;

    private static final byte[] PREPARED_LINE =
            "tonyReactor: a failure could not be logged, so little memory is left; how many there were follows\n"
                    .getBytes(StandardCharsets.US_ASCII);
    /** Not System.err, because any code may have replaced its stream. */
    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    private static final AtomicLong UNLOGGED = new AtomicLong();
    private static final AtomicBoolean LINE_WRITTEN = new AtomicBoolean();
    private static final AtomicLong ERRORS = new AtomicLong();

    private FailureReport() {}

    /** The number of Errors that may strike anywhere, so that it is not known what they have left half done. */
    public static long errors() {
        return ERRORS.get();
    }

    private static void count(Throwable e) {
        if (e instanceof Error && !(e instanceof LinkageError || e instanceof AssertionError)) {
            ERRORS.incrementAndGet();
        }
    }

    /** Something of the engine has failed. */
    public static void failed(Logger log, Object who, Object what, Throwable e) {
        count(e);
        if (logHasFailed()) {
            countUnlogged();
            return;
        }
        try {
            if (isPrintable(e)) {
                log.error("{}: {} failed", who, what, e);
            } else {
                log.error("{}: {} failed with a {} that cannot be printed", who, what, nameOf(e));
            }
        } catch (Throwable unlogged) {
            count(unlogged);
            countUnlogged();
        }
    }

    /** Code of a user's has thrown. */
    static void threw(Logger log, String who, Throwable e) {
        count(e);
        if (logHasFailed()) {
            countUnlogged();
            return;
        }
        try {
            if (isPrintable(e)) {
                log.warn("{} threw", who, e);
            } else {
                log.warn("{} threw a {} that cannot be printed", who, nameOf(e));
            }
        } catch (Throwable unlogged) {
            count(unlogged);
            countUnlogged();
        }
    }

    /** Until the log has taken the count nothing else is tried: each try may cost a collection of the whole heap. */
    private static boolean logHasFailed() {
        return LINE_WRITTEN.getOpaque();
    }

    /** A failure that could not even be described. */
    public static void countUnlogged() {
        UNLOGGED.incrementAndGet();
        if (LINE_WRITTEN.compareAndSet(false, true)) {
            try {
                STANDARD_ERROR.write(PREPARED_LINE);
            } catch (IOException | RuntimeException | Error unwritten) {
                LINE_WRITTEN.set(false);
            }
        }
    }

    /** Says how many failures could not be logged since it last did, if there are any. */
    static void reportUnlogged(Logger log) {
        if (UNLOGGED.getOpaque() == 0) {
            return;
        }
        long count = UNLOGGED.getAndSet(0);
        try {
            log.error("{} failure(s) could not be logged", count);
            LINE_WRITTEN.set(false);
        } catch (Throwable unlogged) {
            UNLOGGED.addAndGet(count);
        }
    }

    private static String nameOf(Throwable e) {
        return e.getClass().getName();
    }

    /** Whether printing it ends: a cause may have causes without end, and a message may throw. */
    private static boolean isPrintable(Throwable e) {
        try {
            int causes = 0;
            int chars = 0;
            for (Throwable each = e; each != null; each = each.getCause()) {
                chars += each.toString().length();
                if (++causes > MAX_CAUSES || chars > MAX_MESSAGE_CHARS) {
                    return false;
                }
            }
            return true;
        } catch (Throwable unprintable) {
            return false;
        }
    }
}
