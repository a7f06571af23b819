package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;

/** Whatever a protocol throws: each byte of the input adds a cause, or hides something of one. */
class ThrowableTextFuzzTest {
    private static final int LONGEST_LINE_CHARS = 6 * PrintableText.MAX_CHARS + 200;

    @FuzzTest(maxDuration = "1m")
    void isToldWithinABoundOnPrintableLines(byte[] input) {
        StringBuilder out = new StringBuilder("before ");

        ThrowableText.append(out, thrown(input));

        String told = out.toString();
        assertTrue(told.startsWith("before "));
        assertTrue(told.length() <= ThrowableText.MAX_CHARS + 2 * LONGEST_LINE_CHARS, () -> "" + told.length());
        told.lines().forEach(line -> {
            String text = line.replaceFirst("^\t+", "");
            assertFalse(PrintableTextFuzzTest.OBEYED.matcher(text).find(), text);
        });
    }

    private static Throwable thrown(byte[] input) {
        String text = PrintableTextFuzzTest.textOf(input);
        Careless first = new Careless(text, (byte) 0);
        Careless last = first;
        for (byte kind : input) {
            Careless next = new Careless(text, kind);
            if ((kind & 64) == 0) {
                last.next = next;
            } else {
                last.addSuppressed(next);
            }
            last = next;
        }
        if (input.length > 1 && input[0] == input[1]) {
            last.next = first;
        }
        return first;
    }

    /** Throws from what it overrides, as its bits say. */
    private static final class Careless extends Exception {
        private static final long serialVersionUID = 1L;

        private final byte kind;
        private @Nullable Careless next;

        Careless(String message, byte kind) {
            super(message);
            this.kind = kind;
        }

        @Override
        public @Nullable String getMessage() {
            throwIf(1);
            return (kind & 2) == 0 ? super.getMessage() : null;
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            throwIf(4);
            return next;
        }

        @Override
        @SuppressWarnings("NullAway") // On purpose.
        public StackTraceElement[] getStackTrace() {
            throwIf(8);
            return switch (kind & 48) {
                case 16 -> null;
                case 32 -> new StackTraceElement[] {null};
                case 48 -> new StackTraceElement[] {new StackTraceElement("a\nb", "\u001b", null, -2)};
                default -> super.getStackTrace();
            };
        }

        private void throwIf(int bit) {
            if ((kind & bit) != 0) {
                throw new StackOverflowError("on purpose");
            }
        }
    }
}
