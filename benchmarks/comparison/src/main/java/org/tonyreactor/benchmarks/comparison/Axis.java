package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One direction of a chart.
 *
 * @param title with its unit
 * @param logarithmic or linear
 * @param min of the values shown
 * @param max of the values shown
 * @param ticks the values that are written beside it
 */
record Axis(String title, boolean logarithmic, double min, double max, List<Double> ticks) {
    private static final int LINEAR_STEPS = 5;
    private static final double[] STEPS = {1, 2, 5, 10};

    /** Logarithmic, with just these values written beside it. */
    static Axis points(String title, List<Double> values) {
        List<Double> sorted = values.stream().distinct().sorted().toList();
        return new Axis(title, true, sorted.get(0), sorted.get(sorted.size() - 1), sorted);
    }

    /** From 0 to a round number from which on there is no value. */
    static Axis linear(String title, List<Double> values) {
        double greatest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double most = greatest > 0 ? greatest : 1;
        double step = step(most / LINEAR_STEPS);
        long steps = (long) Math.ceil(most / step);
        return new Axis(
                title,
                false,
                0,
                steps * step,
                DoubleStream.iterate(0, tick -> tick + 1)
                        .limit(steps + 1)
                        .map(tick -> tick * step)
                        .boxed()
                        .toList());
    }

    /** From a round number to a round number, of which there are three in each power of ten. */
    static Axis logarithmic(String title, List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        List<Double> ticks = new ArrayList<>();
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double tick = power; ; tick = next(tick)) { // Ends: ticks grow.
            if (next(tick) > least) {
                ticks.add(tick);
            }
            if (tick >= most && ticks.size() > 1) {
                return new Axis(title, true, ticks.get(0), tick, List.copyOf(ticks));
            }
        }
    }

    /** Where a value is between two ends of a line. */
    double position(double value, double from, double to) {
        double share = logarithmic
                ? (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min))
                : (value - min) / (max - min);
        return from + share * (to - from);
    }

    static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    }

    private static double next(double tick) {
        double power = Math.pow(10, Math.floor(Math.log10(tick) + 1e-9));
        double digit = Math.rint(tick / power);
        return power * (digit < 2 ? 2 : digit < 5 ? 5 : 10);
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : STEPS) {
            if (step * power >= least * (1 - 1e-9)) {
                return step * power;
            }
        }
        throw new IllegalArgumentException("no step of " + least);
    }
}
