package org.tonyreactor.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * A figure over several rounds or runs: the median, and how far they are apart.
 *
 * @param median of all
 * @param min of all
 * @param max of all
 * @param count how many there are; 0 when nothing was measured, the figures are no numbers then
 */
public record Spread(double median, double min, double max, int count) {
    public static final Spread NOTHING = new Spread(Double.NaN, Double.NaN, Double.NaN, 0);

    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? NOTHING
                : new Spread(
                        Arrays.stream(sorted, sorted.length % 2 == 1 ? middle : middle - 1, middle + 1)
                                .average()
                                .orElseThrow(),
                        sorted[0],
                        sorted[sorted.length - 1],
                        sorted.length);
    }

    public boolean isMeasured() {
        return count > 0;
    }

    /** The geometric mean of the medians. */
    public static double geometricMean(Collection<Spread> all) {
        return Math.exp(all.stream()
                .mapToDouble(each -> Math.log(each.median))
                .average()
                .orElse(Double.NaN));
    }

    /** As in "0.97 (0.94–1.01)". */
    public String text() {
        return text(Math.abs(median) < 100 ? 2 : 0);
    }

    public String text(int decimals) {
        if (!isMeasured()) {
            return "–";
        }
        String middle = number(median, decimals);
        return count == 1 ? middle : middle + " (" + number(min, decimals) + "–" + number(max, decimals) + ")";
    }

    /** With so many digits behind the point; a dash for what is no number. */
    public static String number(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
