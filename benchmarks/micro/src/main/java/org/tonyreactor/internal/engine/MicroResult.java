package org.tonyreactor.internal.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.Mode;

/**
 * One figure: a row of the report.
 *
 * @param name of the benchmark, with its parameters
 * @param score the median of all iterations
 * @param error half the distance between the quartiles
 * @param bytes allocated per operation; NaN where that means nothing
 */
record MicroResult(String name, String jdk, double score, double error, String unit, double bytes) {
    static final String HEADER = "name,jdk,score,error,unit,B/op";

    private static final String BYTES_EACH = "bytesEach";
    private static final int COLUMNS = 6;

    /** Reads what JMH has written. */
    static List<MicroResult> ofJson(String json) {
        List<MicroResult> results = new ArrayList<>();
        for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
            results.add(of(each.getAsJsonObject()));
        }
        return results;
    }

    /** How much a run has measured: a sentence. */
    static String extent(String json) {
        SortedSet<String> jdks = new TreeSet<>();
        SortedSet<String> lengths = new TreeSet<>();
        int benchmarks = 0;
        for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
            JsonObject run = each.getAsJsonObject();
            benchmarks++;
            jdks.add(run.get("jdkVersion").getAsString());
            if (run.get("mode").getAsString().equals(Mode.AverageTime.shortLabel())) {
                lengths.add(String.format(
                        "%d forks of %d iterations of %s",
                        run.get("forks").getAsInt(),
                        run.get("measurementIterations").getAsInt(),
                        run.get("measurementTime").getAsString()));
            }
        }
        return String.format(
                "The last run: JDK %s, %d benchmarks, %s; what it did not measure is of runs before.%n",
                String.join(", ", jdks), benchmarks, lengths.isEmpty() ? "memory only" : String.join(" or ", lengths));
    }

    private static MicroResult of(JsonObject run) {
        JsonObject secondary = run.getAsJsonObject("secondaryMetrics");
        boolean countsBytes = secondary.has(BYTES_EACH);
        JsonObject metric = countsBytes ? secondary.getAsJsonObject(BYTES_EACH) : run.getAsJsonObject("primaryMetric");
        double[] samples = samples(metric);
        double bytes = countsBytes
                ? Double.NaN
                : secondary.getAsJsonObject("gc.alloc.rate.norm").get("score").getAsDouble();
        return new MicroResult(
                name(run),
                run.get("jdkVersion").getAsString(),
                quantile(samples, 0.5),
                (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2,
                countsBytes ? "B" : metric.get("scoreUnit").getAsString(),
                bytes);
    }

    private static String name(JsonObject run) {
        String full = run.get("benchmark").getAsString();
        StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1)
                .replace("Benchmark", ""));
        if (run.has("params")) {
            for (Map.Entry<String, JsonElement> param :
                    run.getAsJsonObject("params").entrySet()) {
                name.append(' ')
                        .append(param.getKey())
                        .append('=')
                        .append(param.getValue().getAsString());
            }
        }
        return name.toString();
    }

    private static double[] samples(JsonObject metric) {
        List<Double> samples = new ArrayList<>();
        for (JsonElement fork : metric.getAsJsonArray("rawData")) {
            for (JsonElement iteration : fork.getAsJsonArray()) {
                samples.add(iteration.getAsDouble());
            }
        }
        return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Between two samples the straight line is taken. */
    static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    static MicroResult ofCsv(String line) {
        String[] cells = line.split(",", COLUMNS);
        return new MicroResult(
                cells[0],
                cells[1],
                Double.parseDouble(cells[2]),
                Double.parseDouble(cells[3]),
                cells[4],
                cells[5].isEmpty() ? Double.NaN : Double.parseDouble(cells[5]));
    }

    String toCsv() {
        return String.join(",", List.of(name, jdk, number(score), number(error), unit, bytesText()));
    }

    String toMarkdown() {
        return "| " + String.join(" | ", Arrays.asList(name, jdk, number(score), number(error), unit, bytesText()))
                + " |";
    }

    boolean isSameAs(MicroResult other) {
        return name.equals(other.name) && jdk.equals(other.jdk);
    }

    private String bytesText() {
        return Double.isNaN(bytes) ? "" : number(bytes);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
