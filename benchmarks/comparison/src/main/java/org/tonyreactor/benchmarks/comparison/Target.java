package org.tonyreactor.benchmarks.comparison;

import java.util.Locale;
import org.tonyreactor.benchmarks.harness.Spread;

/**
 * What is wanted of a ratio or of a figure, beside what was measured.
 *
 * @param work in words
 * @param against whom, and of what
 * @param wanted the sense and the bound
 * @param measured the rounds
 * @param note what a reader has to know of it, such as which peer was the best
 */
record Target(String work, String against, Bound wanted, Spread measured, String note) {
    /** A bound that belongs to the good side. */
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

    /** As in "0.97 (0.94–1.01) met"; the median decides, and ± says that some rounds say another thing. */
    String text() {
        if (!measured.isMeasured()) {
            return "not measured";
        }
        return measured.text()
                + (wanted.holds(measured.median()) ? " met" : " **missed**")
                + (wanted.holds(measured.min()) != wanted.holds(measured.max()) ? " ±" : "")
                + (note.isEmpty() ? "" : ", " + note);
    }
}
