package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.ConnectionListDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** The memory that waits for the connections of each endpoint, the largest first, and how much of the engine's bound is in use. */
public record EndpointMemory() implements ShellCommand {
    /** The memory of one endpoint's connections. */
    private record Line(String endpoint, long connections, long bytes, long largestBytes) {
        static Line of(String endpoint, List<ConnectionDTO> connections) {
            return new Line(
                    endpoint,
                    connections.size(),
                    connections.stream().mapToLong(each -> each.memoryBytes).sum(),
                    connections.stream()
                            .mapToLong(each -> each.memoryBytes)
                            .max()
                            .orElse(0));
        }

        Object value() {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("endpoint", endpoint);
            value.put("connections", connections);
            value.put("memoryBytes", bytes);
            value.put("largestBytes", largestBytes);
            return value;
        }
    }

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        ConnectionListDTO known = shell.admin().getConnectionListDTO();
        RuntimeDTO runtime = shell.runtime().getRuntimeDTO();
        Map<String, List<ConnectionDTO>> byEndpoint = new LinkedHashMap<>();
        Stream.of(runtime.endpointDTOs).forEach(each -> byEndpoint.put(each.name, new ArrayList<>()));
        for (ConnectionDTO each : known.connectionDTOs) {
            byEndpoint.computeIfAbsent(each.endpoint, name -> new ArrayList<>()).add(each);
        }
        List<Line> lines = byEndpoint.entrySet().stream()
                .map(each -> Line.of(each.getKey(), each.getValue()))
                .sorted((one, other) -> Long.compare(other.bytes, one.bytes))
                .toList();
        MissingThreads missing = MissingThreads.of(shell, known);
        return new Answer(() -> text(lines, runtime, missing), () -> value(lines, runtime, missing));
    }

    private static List<String> text(List<Line> lines, RuntimeDTO runtime, MissingThreads missing) {
        Table table = new Table("NAME", ">CONNS", ">MEMORY", ">LARGEST");
        for (Line each : lines) {
            table.add(
                    each.endpoint,
                    each.connections,
                    HumanFormat.bytes(each.bytes),
                    HumanFormat.bytes(each.largestBytes));
        }
        List<String> text = new ArrayList<>(lines.isEmpty() ? List.of() : table.lines());
        text.add(HumanFormat.bytes(runtime.memoryUsedBytes) + " of " + HumanFormat.bytes(runtime.memoryMaxBytes)
                + " are in use; above " + HumanFormat.bytes(runtime.memoryHighBytes) + " less is read.");
        if (runtime.memoryEnded > 0) {
            text.add(HumanFormat.count(runtime.memoryEnded, "connection") + " ended because memory was short.");
        }
        text.addAll(missing.lines());
        return text;
    }

    private static Object value(List<Line> lines, RuntimeDTO runtime, MissingThreads missing) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("usedBytes", runtime.memoryUsedBytes);
        value.put("maxBytes", runtime.memoryMaxBytes);
        value.put("highBytes", runtime.memoryHighBytes);
        value.put("ended", runtime.memoryEnded);
        value.put("missingThreads", missing.names());
        value.put("endpoints", lines.stream().map(Line::value).toList());
        return value;
    }
}
