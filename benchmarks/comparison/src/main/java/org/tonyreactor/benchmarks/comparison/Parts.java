package org.tonyreactor.benchmarks.comparison;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.Spread;

/**
 * The benchmarks of single parts, as JMH has left them.
 *
 * @param rows of the table: benchmark, JDK, score, error, unit, bytes of an operation
 */
record Parts(List<List<String>> rows) {
    private static final String BYTES = "gc.alloc.rate.norm";

    static Parts read(List<Path> results) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Path json : results) {
            for (JsonElement each :
                    JsonParser.parseString(Files.readString(json)).getAsJsonArray()) {
                add(each.getAsJsonObject(), rows);
            }
        }
        rows.sort((one, other) -> (one.get(0) + one.get(1)).compareTo(other.get(0) + other.get(1)));
        return new Parts(rows);
    }

    Optional<String> table() {
        if (rows.isEmpty()) {
            return Optional.of("Not measured; `mvn -Dquick -Pmicro -pl benchmarks/micro -am` measures them.\n");
        }
        MarkdownTable table = new MarkdownTable(List.of("benchmark", "JDK", "score", "error", "unit", "B/op"));
        rows.forEach(table::row);
        return Optional.of(
                "Measured by JMH, in a run of its own: its mean, and half of its confidence interval of 99.9 %.\n\n"
                        + table.text());
    }

    /** The figure of a run, and what it has counted besides, such as the bytes of a pending timer. */
    private static void add(JsonObject run, List<List<String>> rows) {
        String full = run.get("benchmark").getAsString();
        StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1)
                .replace("Benchmark", ""));
        if (run.has("params")) {
            run.getAsJsonObject("params")
                    .entrySet()
                    .forEach(param -> name.append(' ')
                            .append(param.getKey())
                            .append('=')
                            .append(param.getValue().getAsString()));
        }
        String jdk = run.get("jdkVersion").getAsString();
        JsonObject secondary = run.getAsJsonObject("secondaryMetrics");
        rows.add(row(name.toString(), jdk, run.getAsJsonObject("primaryMetric"), secondary.getAsJsonObject(BYTES)));
        secondary.entrySet().stream()
                .filter(metric -> !metric.getKey().startsWith("gc."))
                .forEach(metric -> rows.add(
                        row(name + " " + metric.getKey(), jdk, metric.getValue().getAsJsonObject(), null)));
    }

    private static List<String> row(String name, String jdk, JsonObject metric, @Nullable JsonObject bytes) {
        return List.of(
                name,
                jdk,
                number(metric, "score"),
                number(metric, "scoreError"),
                metric.get("scoreUnit").getAsString(),
                bytes == null ? "" : number(bytes, "score"));
    }

    /** JMH writes "NaN" for the error of a single value. */
    private static String number(JsonObject metric, String name) {
        return Spread.number(Double.parseDouble(metric.get(name).getAsString()), 1);
    }
}
