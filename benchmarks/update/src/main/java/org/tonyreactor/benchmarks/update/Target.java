package org.tonyreactor.benchmarks.update;

import org.tonyreactor.benchmarks.harness.Spread;

/** One thing that the runs are to show. */
record Target(String name, Kind kind, Spread measured, double wanted, Direction direction) {
    enum Kind {
        /** Decides in every run of every form. */
        COUNT,
        /** Decides in every run of the long form: the machine's counters, and bytes of a server that has warmed up. */
        MACHINE,
        /** Decides in the long form, by the median of its runs. */
        TIME
    }

    enum Direction {
        EXACTLY("="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS_THAN("<");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }

        boolean holds(double measured, double wanted) {
            return switch (this) {
                case EXACTLY -> measured == wanted;
                case AT_MOST -> measured <= wanted;
                case AT_LEAST -> measured >= wanted;
                case LESS_THAN -> measured < wanted;
            };
        }
    }

    boolean decides(boolean shortForm) {
        return !shortForm || kind == Kind.COUNT;
    }

    /** What is counted must be right in every run, even if most are. */
    boolean holds() {
        return kind == Kind.TIME
                ? direction.holds(measured.median(), wanted)
                : direction.holds(measured.min(), wanted) && direction.holds(measured.max(), wanted);
    }

    String line() {
        return String.format(
                "  %-44s %26s   %-2s %-9s %s",
                name, measured.text(decimals()), direction.sign, Spread.number(wanted, 0), holds() ? "" : "MISSED");
    }

    private int decimals() {
        return kind == Kind.TIME ? 1 : 0;
    }
}
