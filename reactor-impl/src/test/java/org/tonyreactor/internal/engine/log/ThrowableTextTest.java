package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThrowableTextTest {
    @Test
    void isWhatTheJdkPrints() {
        Throwable innermost = at(new Error("innermost"), "x", "run");
        Throwable thrown = at(
                new IllegalStateException("outer", at(new IOException("inner", innermost), "b", "a", "run")),
                "a",
                "run");
        Throwable behind = at(new IOException("behind"), "y", "b", "run");
        thrown.addSuppressed(at(new IllegalArgumentException("aside", behind), "z", "b", "run"));
        StringWriter printed = new StringWriter();

        thrown.printStackTrace(new PrintWriter(printed));

        String expected = printed.toString().stripTrailing();
        assertEquals(expected.lines().toList(), textOf(thrown).lines().toList());
    }

    @Test
    void escapesMessagesOfAllCauses() {
        String text = textOf(new IllegalStateException("a\nb", new IOException("c\u202ed")));

        assertTrue(text.startsWith("java.lang.IllegalStateException: a\\u000Ab\n\tat "), text);
        assertTrue(text.contains("\nCaused by: java.io.IOException: c\\u202Ed"), text);
    }

    @Test
    void escapesNamesInFrames() {
        Exception thrown = new Exception();
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("C", "m\n2026 ERROR", "f\u001b[2J", 1)});

        assertEquals("java.lang.Exception\n\tat C.m\\u000A2026 ERROR(f\\u001B[2J:1)", textOf(thrown));
    }

    @Test
    void namesOneWhoseMessageThrows() {
        String text = textOf(new Hostile());

        assertTrue(text.startsWith(Hostile.class.getName() + ", whose message cannot be had"), text);
        assertTrue(text.contains("at places that cannot be had"), text);
        assertTrue(text.contains("Caused by: something that cannot be had"), text);
    }

    @Test
    void cutsAChainOfCausesThatNeverEnds() {
        String text = textOf(new Endless());

        String caused = "Caused by: " + Endless.class.getName();
        assertEquals(
                ThrowableText.MAX_THROWABLES - 1,
                text.lines().filter(line -> line.startsWith(caused)).count());
        assertTrue(text.endsWith("Caused by: more than 16 exceptions: the others are not printed"), text);
    }

    private static Throwable at(Throwable thrown, String... methods) {
        thrown.setStackTrace(Stream.of(methods)
                .map(method -> new StackTraceElement("C", method, "C.java", 1))
                .toArray(StackTraceElement[]::new));
        return thrown;
    }

    @Test
    void printsEachOfACycleOnce() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        String text = textOf(first);

        assertEquals(1, text.split(": first", -1).length - 1, text);
        assertTrue(text.endsWith("Caused by: one that is printed above"), text);
    }

    @Test
    void isBoundedInFramesAndInWhole() {
        Exception deep = new Exception("deep");
        StackTraceElement[] frames = new StackTraceElement[1_000];
        Arrays.fill(frames, new StackTraceElement("c".repeat(200), "m", "f", 1));
        deep.setStackTrace(frames);
        Exception wide = new Exception("wide");
        for (int i = 0; i < 1_000; i++) {
            wide.addSuppressed(new Exception("x".repeat(100_000)));
        }

        String text = textOf(deep);

        assertEquals(ThrowableText.MAX_FRAMES + 2, text.lines().count());
        assertTrue(text.endsWith("... " + (1_000 - ThrowableText.MAX_FRAMES) + " more"), text);
        assertTrue(textOf(wide).length() < 2 * ThrowableText.MAX_CHARS);
    }

    private static String textOf(Throwable thrown) {
        StringBuilder out = new StringBuilder();
        ThrowableText.append(out, thrown);
        return out.toString();
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("on purpose");
        }
    }

    private static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }
}
