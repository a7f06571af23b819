package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tonyreactor.benchmarks.harness.Spread;

/** The tables of a report, of one JDK. Nothing for a table that would be empty. */
final class ReportTables {
    /** A load generator with more of its processor is the one that cannot do more, unless the server has as much. */
    private static final double SATURATED = 0.95;

    private final Samples samples;
    private final String jdk;

    ReportTables(Samples samples, String jdk) {
        this.samples = samples;
        this.jdk = jdk;
    }

    /** Throughput and CPU of each server in each work to those of C epoll. */
    Optional<String> ratios() {
        List<String> works = Targets.ROWS.stream()
                .filter(work -> samples.servers(jdk, work, Metric.RATE).contains(Servers.REFERENCE))
                .toList();
        if (works.isEmpty()) {
            return Optional.empty();
        }
        List<String> header = new ArrayList<>(List.of("server"));
        works.forEach(work -> header.add(Work.named(work).title()));
        MarkdownTable table = new MarkdownTable(header);
        for (String server : servers(works)) {
            if (!server.equals(Servers.REFERENCE)) {
                List<String> row = new ArrayList<>(List.of(server));
                works.forEach(
                        work -> row.add(median(server, work, Metric.RATE) + " / " + median(server, work, Metric.CPU)));
                table.row(row);
            }
        }
        return Optional.of("Throughput / CPU per message.\n\n" + table.text());
    }

    /** Ours to the best peer, row by row. */
    Optional<String> bestPeers() {
        Targets targets = new Targets(samples, jdk);
        MarkdownTable table = new MarkdownTable(List.of("work", "throughput", "best", "CPU", "best"));
        boolean empty = true;
        for (String work : Targets.ROWS) {
            Optional<Targets.Best> rate = targets.best(work, Metric.RATE, Servers.PEERS, true);
            Optional<Targets.Best> cpu = targets.best(work, Metric.CPU, Servers.PEERS, false);
            if (rate.isPresent() && cpu.isPresent()) {
                empty = false;
                table.row(List.of(
                        Work.named(work).title(),
                        rate.get().ratio().text(),
                        rate.get().name(),
                        cpu.get().ratio().text(),
                        cpu.get().name()));
            }
        }
        return empty ? Optional.empty() : Optional.of(peers() + "\n\n" + table.text());
    }

    /** Ours to each of the others over all rows; those that lack one have no mean. */
    Optional<String> means() {
        MarkdownTable table = new MarkdownTable(List.of("this server to", "throughput", "CPU"));
        List<String> others = servers(Targets.ROWS).stream()
                .filter(server -> mean(server, Metric.RATE).isPresent())
                .toList();
        others.forEach(server -> table.row(List.of(
                server,
                Spread.number(mean(server, Metric.RATE).getAsDouble(), 2),
                Spread.number(mean(server, Metric.CPU).getAsDouble(), 2))));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("Geometric means of the medians of all rows of the table above.\n\n" + table.text());
    }

    private OptionalDouble mean(String server, String metric) {
        List<Spread> ratios = Targets.ROWS.stream()
                .map(work -> samples.ratio(jdk, Servers.OURS, server, work, metric))
                .filter(Spread::isMeasured)
                .toList();
        return server.equals(Servers.OURS) || ratios.size() < Targets.ROWS.size()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Spread.geometricMean(ratios));
    }

    /** Among whom the best was looked for, and who was left out. */
    private String peers() {
        List<String> measured = servers(Targets.ROWS);
        List<String> missing =
                Servers.PEERS.stream().filter(peer -> !measured.contains(peer)).toList();
        String best = "The best of "
                + String.join(
                        ", ", Servers.PEERS.stream().filter(measured::contains).toList());
        return missing.isEmpty() ? best + "." : best + "; not measured: " + String.join(", ", missing) + ".";
    }

    /** What is no throughput. */
    Optional<String> others() {
        record Column(String title, String work, String metric, int decimals) {}
        List<Column> columns = List.of(
                        new Column("p50, µs", "rate-200", Metric.P50, 0),
                        new Column("p99, µs", "rate-200", Metric.P99, 0),
                        new Column("p99.9, µs", "rate-200", Metric.P999, 0),
                        new Column("resident memory per idle connection, B", "idle-10000", Metric.RSS, 0),
                        new Column("live heap per idle connection, B", "idle-10000", Metric.HEAP, 0),
                        new Column("start to first echo, ms", "start", Metric.MILLIS, 0),
                        new Column("dropped to first echo, ms", "deploy", Metric.MILLIS, 0),
                        new Column("system calls per message", "calls", Metric.CALLS, 2))
                .stream()
                .filter(column ->
                        !samples.servers(jdk, column.work, column.metric).isEmpty())
                .toList();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<String> header = new ArrayList<>(List.of("server"));
        columns.forEach(column -> header.add(column.title));
        MarkdownTable table = new MarkdownTable(header);
        for (String server : servers(columns.stream().map(Column::work).toList())) {
            List<String> row = new ArrayList<>(List.of(server));
            columns.forEach(column -> row.add(spread(server, column.work, column.metric, column.decimals)));
            table.row(row);
        }
        return Optional.of(
                "Latencies at 20,000 messages/s over 200 connections, from when a message was due.\n\n" + table.text());
    }

    /** Every work under load. */
    Optional<String> figures() {
        MarkdownTable table = new MarkdownTable(List.of(
                "work",
                "server",
                "per second",
                "CPU, µs",
                "server's share",
                "generator's share",
                "p50, µs",
                "p99, µs",
                "rounds"));
        boolean empty = true;
        for (Work work : Work.ALL) {
            for (String server : samples.servers(jdk, work.name(), Metric.RATE)) {
                empty = false;
                table.row(List.of(
                        work.title(),
                        server,
                        spread(server, work.name(), Metric.RATE, 0) + (isGeneratorSaturated(server, work) ? " †" : ""),
                        spread(server, work.name(), Metric.CPU, 2),
                        spread(server, work.name(), Metric.SERVER_SHARE, 2),
                        spread(server, work.name(), Metric.GENERATOR_SHARE, 2),
                        Spread.number(figure(server, work.name(), Metric.P50).median(), 0),
                        Spread.number(figure(server, work.name(), Metric.P99).median(), 0),
                        rounds(server, work)));
            }
        }
        return empty ? Optional.empty() : Optional.of("""
                Shares are of one processor. † marks where the load generator had no more to give while the server had:
                the throughput is the generator's there, and CPU per message decides.

                """ + table.text());
    }

    boolean isGeneratorSaturated(String server, Work work) {
        double generator = figure(server, work.name(), Metric.GENERATOR_SHARE).median();
        double own = figure(server, work.name(), Metric.SERVER_SHARE).median();
        // At a fixed rate the generator polls, so its processor is always busy.
        return work.pinned() && work.kind() != Work.Kind.RATE && generator >= SATURATED && own < SATURATED;
    }

    private List<String> servers(List<String> works) {
        return samples.all().stream()
                .filter(sample ->
                        works.contains(sample.work()) && !sample.metric().equals(Metric.FAILED))
                .filter(sample -> sample.jdk().equals(jdk) || sample.jdk().equals(Samples.NO_JDK))
                .map(Samples.Sample::server)
                .distinct()
                .sorted(Servers.ORDER)
                .toList();
    }

    private String rounds(String server, Work work) {
        long noisy = samples.series(jdk, server, work.name(), Metric.NOISY).values().stream()
                .filter(value -> value != 0)
                .count();
        int rounds = figure(server, work.name(), Metric.RATE).count();
        return noisy == 0 ? Integer.toString(rounds) : rounds + ", " + noisy + " noisy";
    }

    private String median(String server, String work, String metric) {
        Spread ratio = samples.ratio(jdk, server, Servers.REFERENCE, work, metric);
        return Spread.number(ratio.median(), 2);
    }

    private String spread(String server, String work, String metric, int decimals) {
        return figure(server, work, metric).text(decimals);
    }

    private Spread figure(String server, String work, String metric) {
        return samples.figure(jdk, server, work, metric);
    }
}
