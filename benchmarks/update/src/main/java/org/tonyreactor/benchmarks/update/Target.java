package org.tonyreactor.benchmarks.update;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tonyreactor.benchmarks.harness.Spread;

/** One thing that the runs are to show: equal to what is wanted, or below it, or above. */
record Target(String name, Kind kind, Spread measured, String sign, double wanted) {
    enum Kind {
        /** Decides in every run of every form. */
        COUNT,
        /** Decides in every run of the long form: the machine's counters, and bytes of a server that has warmed up. */
        MACHINE,
        /** Decides in the long form, by the median of its runs. */
        TIME
    }

    static Target of(
            List<Results> runs, String name, Kind kind, String sign, double wanted, ToDoubleFunction<Results> figure) {
        return new Target(
                name, kind, Spread.of(runs.stream().mapToDouble(figure).boxed().toList()), sign, wanted);
    }

    boolean decides(boolean shortForm) {
        return !shortForm || kind == Kind.COUNT;
    }

    /** What is counted must be right in every run, even if most are. */
    boolean holds() {
        return kind == Kind.TIME ? holds(measured.median()) : holds(measured.min()) && holds(measured.max());
    }

    private boolean holds(double figure) {
        return switch (sign) {
            case "=" -> figure == wanted;
            case "<=" -> figure <= wanted;
            case ">=" -> figure >= wanted;
            case "<" -> figure < wanted;
            default -> throw new IllegalStateException("what is " + sign + " of " + name);
        };
    }

    String line() {
        int decimals = kind == Kind.TIME ? 1 : 0;
        return String.format(
                "  %-44s %26s   %-2s %-9s %s",
                name, measured.text(decimals), sign, Spread.number(wanted, 0), holds() ? "" : "MISSED");
    }
}
