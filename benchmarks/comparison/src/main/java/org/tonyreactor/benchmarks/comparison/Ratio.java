package org.tonyreactor.benchmarks.comparison;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A figure over several rounds: the median, and how far the rounds are apart.
 *
 * @param median of all rounds
 * @param min of the rounds
 * @param max of the rounds
 * @param rounds how many there are; 0 when nothing was measured, the figures are no numbers then
 */
record Ratio(double median, double min, double max, int rounds) {
    private static final Ratio NOTHING = new Ratio(Double.NaN, Double.NaN, Double.NaN, 0);

    static Ratio of(Collection<Double> values) {
        if (values.isEmpty()) {
            return NOTHING;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Ratio(median(sorted), sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** Round by round. */
    static Ratio of(SortedMap<Integer, Double> ours, SortedMap<Integer, Double> reference) {
        return of(quotients(ours, reference).values());
    }

    /** Round by round; rounds that only one of the two has do not count. */
    static SortedMap<Integer, Double> quotients(SortedMap<Integer, Double> ours, SortedMap<Integer, Double> divisors) {
        SortedMap<Integer, Double> quotients = new TreeMap<>();
        ours.forEach((round, value) -> {
            Double divisor = divisors.get(round);
            if (divisor != null) {
                quotients.put(round, value / divisor);
            }
        });
        return quotients;
    }

    boolean isMeasured() {
        return rounds > 0;
    }

    /** The geometric mean of the medians. */
    static double geometricMean(Collection<Ratio> ratios) {
        return Math.exp(ratios.stream()
                .mapToDouble(ratio -> Math.log(ratio.median))
                .average()
                .orElse(Double.NaN));
    }

    /** As in "0.97 (0.94–1.01)". */
    String text() {
        if (!isMeasured()) {
            return "–";
        }
        return rounds == 1 ? text(median) : text(median) + " (" + text(min) + "–" + text(max) + ")";
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
