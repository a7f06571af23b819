package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** The endpoints, one line each. */
public record EndpointList() implements ShellCommand {
    public static final String DESCRIPTION = "Lists the endpoints. Rates are measured over 250 ms while you wait.";
    public static final String MEMORY =
            "Show what waits for the connections of each endpoint, and what is in use in all.";

    /** Long enough to count something, short enough not to be noticed. */
    private static final long SAMPLE_MILLIS = 250;

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        Measured measured = measure(shell);
        return new Answer(
                measured::text, () -> measured.lines.stream().map(Line::value).toList());
    }

    private static Measured measure(ShellContext shell) throws CommandFailure {
        ReactorRuntime runtime = shell.runtime();
        EndpointDTO[] before = runtime.getRuntimeDTO().endpointDTOs;
        long beforeNanos = shell.nanos();
        if (before.length > 0) {
            shell.pause(SAMPLE_MILLIS);
        }
        RuntimeDTO now = runtime.getRuntimeDTO();
        double seconds = Math.max(1, shell.nanos() - beforeNanos) / 1e9;
        List<Line> lines = new ArrayList<>();
        for (EndpointDTO endpoint : now.endpointDTOs) {
            lines.add(new Line(endpoint, shell.version(endpoint.bundleId), Rates.of(before, endpoint, seconds)));
        }
        return new Measured(lines, EngineNotes.of(now));
    }

    private static List<String> table(List<Line> lines) {
        if (lines.isEmpty()) {
            return List.of("No endpoint is served. endpoint-failed and why tell the reasons.");
        }
        Table table = new Table("NAME", "ADDRESS", "STATE", "VERSION", ">CONNS", ">NEW/S", ">IN/S", ">OUT/S");
        for (Line line : lines) {
            EndpointDTO endpoint = line.endpoint();
            table.add(
                    endpoint.name,
                    endpoint.address,
                    Snapshot.state(endpoint),
                    line.version(),
                    endpoint.connections,
                    HumanFormat.rate(line.rates().accepted()),
                    HumanFormat.byteRate(line.rates().bytesIn()),
                    HumanFormat.byteRate(line.rates().bytesOut()));
        }
        return table.lines();
    }

    private record Measured(List<Line> lines, List<String> notes) {
        List<String> text() {
            return Stream.concat(table(lines).stream(), notes.stream()).toList();
        }
    }

    private record Line(EndpointDTO endpoint, String version, Rates rates) {
        Object value() {
            Map<String, Object> value = new LinkedHashMap<>(Snapshot.of(endpoint));
            value.put("bundleVersion", version);
            value.put("acceptedPerSecond", rates.accepted());
            value.put("bytesInPerSecond", rates.bytesIn());
            value.put("bytesOutPerSecond", rates.bytesOut());
            return value;
        }
    }

    /** What has been counted in a second. */
    private record Rates(double accepted, double bytesIn, double bytesOut) {
        private static final Rates NONE = new Rates(0, 0, 0);

        static Rates of(EndpointDTO[] earlier, EndpointDTO now, double seconds) {
            for (EndpointDTO before : earlier) {
                if (before.serviceId == now.serviceId && before.address.equals(now.address)) {
                    return new Rates(
                            perSecond(before.accepted, now.accepted, seconds),
                            perSecond(before.bytesIn, now.bytesIn, seconds),
                            perSecond(before.bytesOut, now.bytesOut, seconds));
                }
            }
            return NONE;
        }

        /** A counter that went back was started anew in between. */
        private static double perSecond(long before, long now, double seconds) {
            return Math.max(0, now - before) / seconds;
        }
    }
}
