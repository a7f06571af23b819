package org.tonyreactor.internal.engine.log;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link Throwable} as the JDK prints it, whatever its class does: a message, a cause or a stack that cannot
 * be had is named as such, a chain of causes that never ends is cut, and each piece is made printable.
 *
 * <p>Each instance writes one text, on one thread.
 */
public final class ThrowableText {
    /** How many exceptions are printed, the causes and those suppressed together. */
    static final int MAX_THROWABLES = 16;
    /** How many frames of each. */
    static final int MAX_FRAMES = 64;
    /** Where the whole text is cut, between two lines. */
    static final int MAX_CHARS = 1 << 15;

    private static final StackTraceElement[] NO_FRAMES = {};

    private final StringBuilder out;
    private final int begin;
    private final Set<Throwable> printed = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Whether there are more than are printed. */
    private boolean isCut;

    private ThrowableText(StringBuilder out) {
        this.out = out;
        this.begin = out.length();
    }

    /** Adds what was thrown: first a line with its class and message, then its stack and its causes. */
    static void append(StringBuilder out, Throwable thrown) {
        ThrowableText text = new ThrowableText(out);
        text.appendMessage(thrown);
        text.appendRest(thrown, NO_FRAMES, "\n\t");
    }

    /** The stack of a thread, each frame on a line of its own behind the first, which is empty. */
    public static PrintableText of(StackTraceElement[] frames) {
        StringBuilder out = new StringBuilder();
        new ThrowableText(out).appendFrames(frames, 0, "\n\t");
        return new PrintableText(out.toString());
    }

    private void appendMessage(Throwable thrown) {
        printed.add(thrown);
        String text;
        try {
            text = thrown.toString();
            if (text == null) {
                text = thrown.getClass().getName();
            }
        } catch (Throwable unprintable) {
            text = thrown.getClass().getName() + ", whose message cannot be had, since that throws "
                    + unprintable.getClass().getName();
        }
        PrintableText.append(out, text);
    }

    private void appendRest(Throwable thrown, StackTraceElement[] above, String newLine) {
        StackTraceElement[] frames = framesOf(thrown, newLine);
        appendFrames(frames, inCommon(frames, above), newLine);
        for (Throwable suppressed : thrown.getSuppressed()) {
            appendNext("Suppressed: ", suppressed, frames, newLine, newLine + '\t');
        }
        Throwable cause = causeOf(thrown, newLine);
        if (cause != null) {
            appendNext("Caused by: ", cause, frames, newLine.substring(0, newLine.length() - 1), newLine);
        }
    }

    /** Adds one that belongs to another one. */
    private void appendNext(
            String caption, Throwable next, StackTraceElement[] above, String newLine, String newLineOfFrames) {
        if (isFull() || isCut) {
            return;
        }
        out.append(newLine).append(caption);
        if (printed.contains(next)) {
            out.append("one that is printed above");
        } else if (printed.size() >= MAX_THROWABLES) {
            isCut = true;
            out.append("more than ").append(MAX_THROWABLES).append(" exceptions: the others are not printed");
        } else {
            appendMessage(next);
            appendRest(next, above, newLineOfFrames);
        }
    }

    private void appendFrames(StackTraceElement[] frames, int inCommon, String newLine) {
        int end = Math.min(frames.length - inCommon, MAX_FRAMES);
        for (int i = 0; i < end && !isFull(); i++) {
            out.append(newLine).append("at ");
            PrintableText.append(out, String.valueOf(frames[i]));
        }
        if (end < frames.length && !isFull()) {
            out.append(newLine).append("... ").append(frames.length - end).append(" more");
        }
    }

    /** How many frames at the end are those of the exception above, as the JDK counts them. */
    private static int inCommon(StackTraceElement[] frames, StackTraceElement[] above) {
        int common = 0;
        while (common < Math.min(frames.length, above.length)
                && frames[frames.length - 1 - common].equals(above[above.length - 1 - common])) {
            common++;
        }
        return common;
    }

    private boolean isFull() {
        return out.length() - begin > MAX_CHARS;
    }

    private StackTraceElement[] framesOf(Throwable thrown, String newLine) {
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            if (frames != null) {
                for (StackTraceElement frame : frames) {
                    Objects.requireNonNull(frame);
                }
                return frames;
            }
        } catch (Throwable hidden) {
            // The line below says it.
        }
        out.append(newLine).append("at places that cannot be had");
        return NO_FRAMES;
    }

    private @Nullable Throwable causeOf(Throwable thrown, String newLine) {
        try {
            return thrown.getCause();
        } catch (Throwable hidden) {
            out.append(newLine).append("Caused by: something that cannot be had");
            return null;
        }
    }
}
