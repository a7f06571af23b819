package org.tonyreactor.internal.engine.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door to the log. Nothing here waits or throws. A format has a {@code {}} for each argument; arguments are made
 * printable on the caller's thread (see {@link PrintableText}), formats are the engine's own. A {@link Throwable} behind
 * the last {@code {}} is told with its stack.
 *
 * <p>Any thread.
 */
public final class Log {
    private static final String PLACE = "{}";
    private static final Kinds KINDS = new Kinds();

    private final Logger logger;

    Log(Logger logger) {
        this.logger = logger;
    }

    /** The log of a part of the engine. */
    public static Log named(String name) {
        return new Log(LoggerFactory.getLogger(name));
    }

    Logger logger() {
        return logger;
    }

    /** Whether {@link #debug} says anything. */
    public boolean isDebugEnabled() {
        return logger.isDebugEnabled();
    }

    public void debug(String format, @Nullable Object... args) {
        if (logger.isDebugEnabled()) {
            say(Level.DEBUG, format, args);
        }
    }

    public void info(String format, @Nullable Object... args) {
        say(Level.INFO, format, args);
    }

    public void warn(String format, @Nullable Object... args) {
        say(Level.WARN, format, args);
    }

    public void error(String format, @Nullable Object... args) {
        say(Level.ERROR, format, args);
    }

    /**
     * Warns of what may happen again and again. The first of a kind is told; the others are counted until {@link #sumUp},
     * which tells how many there were.
     *
     * @param kind what happens, in words that go on with "..., N more within a second"
     * @param of whose matter it is, as a part of the kind; "" when it is nobody's
     */
    public void warnOfKind(String kind, String of, String format, @Nullable Object... args) {
        sayOfKind(Level.WARN, kind, of, format, args);
    }

    /** The same for an error. */
    public void errorOfKind(String kind, String of, String format, @Nullable Object... args) {
        sayOfKind(Level.ERROR, kind, of, format, args);
    }

    /** Tells how many there were of each kind since it last did, beside those that were told. To be called once a second. */
    public static void sumUp() {
        try {
            KINDS.sumUp();
        } catch (Throwable noMemory) {
            LogThread.countUnsaid();
        }
    }

    private void sayOfKind(Level level, String kind, String of, String format, @Nullable Object... args) {
        boolean first;
        try {
            first = KINDS.isFirst(this, level, kind, of);
        } catch (Throwable noMemory) {
            LogThread.countUnsaid();
            return;
        }
        if (first) {
            say(level, format, args);
        }
    }

    void say(Level level, String format, @Nullable Object... args) {
        try {
            LogThread.put(new Line(logger, level, text(format, args)));
        } catch (Throwable noMemory) {
            LogThread.countUnsaid();
        }
    }

    private static String text(String format, @Nullable Object... args) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        int used = 0;
        for (int at = format.indexOf(PLACE); at >= 0 && used < args.length; at = format.indexOf(PLACE, from)) {
            out.append(format, from, at).append(PrintableText.of(args[used++]));
            from = at + PLACE.length();
        }
        out.append(format, from, format.length());
        if (used < args.length && args[used] instanceof Throwable thrown) {
            ThrowableText.append(out.append(": "), thrown);
        }
        return out.toString();
    }
}
