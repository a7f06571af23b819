package org.tonyreactor.benchmarks.update;

/**
 * One thing a run is to show.
 *
 * @param name of the target, as in the JSON line
 * @param kind what it is about
 * @param measured what was measured
 * @param wanted the bound, which includes itself where it is not said otherwise by the direction
 * @param direction how the two must stand
 */
record Target(String name, Kind kind, double measured, double wanted, Direction direction) {
    enum Kind {
        /** Decides in every run. */
        COUNT,
        /** Decides in the long form, which has the machine for itself: others that listen count, too. */
        MACHINE,
        /** Decides in the long form: it depends on the machine. */
        TIME,
        /** Bytes; decides in the long form: a short one has not warmed up. */
        SIZE
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
    }

    boolean holds() {
        return switch (direction) {
            case EXACTLY -> measured == wanted;
            case AT_MOST -> measured <= wanted;
            case AT_LEAST -> measured >= wanted;
            case LESS_THAN -> measured < wanted;
        };
    }

    String line() {
        return String.format(
                "  %-44s %12s   %-2s %-10s %s",
                name, text(measured), direction.sign, text(wanted), holds() ? "" : "MISSED");
    }

    @Override
    public String toString() {
        return name + " is " + text(measured) + ", wanted " + direction.sign + " " + text(wanted);
    }

    static String text(double number) {
        return number == Math.rint(number) ? String.format("%,d", (long) number) : String.format("%,.1f", number);
    }
}
