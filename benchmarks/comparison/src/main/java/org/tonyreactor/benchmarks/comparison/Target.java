package org.tonyreactor.benchmarks.comparison;

import java.util.Locale;

/**
 * What is wanted of a ratio or of a figure, beside what was measured.
 *
 * @param work in words
 * @param against whom, and of what
 * @param wanted the sense and the bound
 * @param measured the rounds
 * @param note what a reader has to know of it, such as which peer was the best
 */
record Target(String work, String against, Bound wanted, Ratio measured, String note) {

    /** Whether it holds. */
    enum Verdict {
        MET,
        MISSED,
        NOT_MEASURED
    }

    /**
     * A bound that belongs to the good side.
     *
     * @param atLeast whether more is better
     * @param value of it
     */
    record Bound(boolean atLeast, double value) {
        private static final double HUNDREDTHS = 100;

        static Bound atLeast(double value) {
            return new Bound(true, value);
        }

        static Bound atMost(double value) {
            return new Bound(false, value);
        }

        /** As it is printed, to a hundredth: a reader sees both. */
        boolean holds(double measured) {
            double printed = Math.rint(measured * HUNDREDTHS) / HUNDREDTHS;
            return atLeast ? printed >= value : printed <= value;
        }

        String text() {
            return (atLeast ? "≥ " : "≤ ")
                    + (value == Math.rint(value) && value > 1
                            ? Long.toString((long) value)
                            : String.format(Locale.ROOT, "%.2f", value));
        }
    }

    /** The median decides. */
    Verdict verdict() {
        if (!measured.isMeasured()) {
            return Verdict.NOT_MEASURED;
        }
        return wanted.holds(measured.median()) ? Verdict.MET : Verdict.MISSED;
    }

    /** Whether some rounds say one thing and some the other. */
    boolean isWithinSpread() {
        return measured.isMeasured() && wanted.holds(measured.min()) != wanted.holds(measured.max());
    }

    /** As in "0.97 (0.94–1.01) met". */
    String text() {
        String verdict = switch (verdict()) {
            case MET -> "met";
            case MISSED -> "**missed**";
            case NOT_MEASURED -> "not measured";
        };
        String words = measured.isMeasured() ? measured.text() + " " + verdict : verdict;
        return words + (isWithinSpread() ? " ±" : "") + (note.isEmpty() ? "" : ", " + note);
    }
}
