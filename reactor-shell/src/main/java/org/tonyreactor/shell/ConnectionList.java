package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.ConnectionListDTO;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/**
 * The connections that a user wants to see.
 *
 * @param endpoint only of this one: its name, its address, or its port on this side; null for all
 * @param peer only where the peer's address has this in it; null for all
 * @param state only in this state; null for all
 * @param sort the order; null for by id
 * @param limit how many at most; null for {@link #DEFAULT_LIMIT}
 */
public record ConnectionList(
        @Nullable String endpoint,
        @Nullable String peer,
        @Nullable String state,
        @Nullable String sort,
        @Nullable String limit)
        implements ShellCommand {
    public static final String DESCRIPTION = "Lists the connections.";
    public static final String ENDPOINT = "Only those of this endpoint: its port, its address (host:port) or its name.";
    public static final String PEER = "Only those with this text in the address of the peer.";
    public static final String STATE = "Only those that are connecting, open, suspended, closing or waiting.";
    public static final String SORT =
            "By id, endpoint or peer, or the greatest first by age, idle, in, out, pending, unread or handovers.";
    public static final String LIMIT = "How many at most, 100 if it is not said; 0 shows all.";

    private static final int DEFAULT_LIMIT = 100;

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        Predicate<ConnectionDTO> filter = filter();
        Comparator<ConnectionDTO> order = order();
        long most = limit == null ? DEFAULT_LIMIT : Numbers.id(limit, "limit");
        RuntimeDTO runtime = shell.runtime().getRuntimeDTO();
        List<EndpointDTO> endpoints =
                endpoint == null ? List.of() : Target.meant(runtime, endpoint).toList();
        ConnectionListDTO known = shell.admin().getConnectionListDTO();
        List<ConnectionDTO> ofEndpoint = Stream.of(known.connectionDTOs)
                .filter(each -> endpoint == null || isOf(each, endpoint, endpoints))
                .toList();
        if (endpoint != null && endpoints.isEmpty() && ofEndpoint.isEmpty()) {
            throw Target.unknown(runtime, endpoint);
        }
        List<ConnectionDTO> matching =
                ofEndpoint.stream().filter(filter).sorted(order).toList();
        List<ConnectionDTO> shown =
                most == 0 ? matching : matching.stream().limit(most).toList();
        MissingThreads missing = MissingThreads.of(shell, known);
        return new Answer(() -> lines(shown, matching.size(), missing), () -> value(shown, matching.size(), missing));
    }

    /** The orders there are. */
    public static List<String> orders() {
        return List.of("id", "endpoint", "peer", "age", "idle", "in", "out", "pending", "unread", "handovers");
    }

    /** The states there are. */
    public static List<String> states() {
        return Snapshot.connectionStates();
    }

    private Predicate<ConnectionDTO> filter() throws CommandFailure {
        if (state != null && !states().contains(state)) {
            throw new CommandFailure(state + " is no state: write one of " + String.join(", ", states()));
        }
        return connection -> (peer == null || connection.remote.contains(peer))
                && (state == null || state.equals(Snapshot.state(connection)));
    }

    /** By name or port also what no endpoint has any more; by address what one has. */
    private static boolean isOf(ConnectionDTO connection, String endpoint, List<EndpointDTO> endpoints) {
        String suffix = endpoint.startsWith(":") ? endpoint : ":" + endpoint;
        return endpoint.equals(connection.endpoint)
                || (suffix.matches(":\\d+") && connection.local.endsWith(suffix))
                || endpoints.stream()
                        .anyMatch(each -> each.name.equals(connection.endpoint)
                                && portOf(connection.local).equals(String.valueOf(each.port)));
    }

    private static String portOf(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private Comparator<ConnectionDTO> order() throws CommandFailure {
        Comparator<ConnectionDTO> byId =
                Comparator.comparingLong(each -> each.id < 0 ? Long.MAX_VALUE : each.id); // Who waits has none yet.
        return switch (sort == null ? "id" : sort) {
            case "id" -> byId;
            case "endpoint" ->
                Comparator.<ConnectionDTO, String>comparing(each -> each.endpoint)
                        .thenComparing(byId);
            case "peer" ->
                Comparator.<ConnectionDTO, String>comparing(each -> each.remote).thenComparing(byId);
            case "age" -> greatest(each -> each.ageMillis);
            case "idle" -> greatest(each -> each.idleMillis);
            case "in" -> greatest(each -> each.bytesIn);
            case "out" -> greatest(each -> each.bytesOut);
            case "pending" -> greatest(each -> each.pendingBytes);
            case "unread" -> greatest(each -> each.unreadBytes);
            case "handovers" -> greatest(each -> each.handOvers);
            default -> throw new CommandFailure(sort + " is no order: write one of " + String.join(", ", orders()));
        };
    }

    private static Comparator<ConnectionDTO> greatest(ToLongFunction<ConnectionDTO> figure) {
        return Comparator.comparingLong(figure).reversed().thenComparingLong(each -> each.id);
    }

    private static Object value(List<ConnectionDTO> shown, int matching, MissingThreads missing) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("matching", matching);
        value.put("missingThreads", missing.names());
        value.put("connections", shown.stream().map(Snapshot::of).toList());
        return value;
    }

    private List<String> lines(List<ConnectionDTO> shown, int matching, MissingThreads missing) {
        List<String> lines = new ArrayList<>(matching == 0 ? List.of("No connection.") : table(shown));
        if (shown.size() < matching) {
            lines.add(shown.size() + " of " + matching + " connections; --limit 0 shows all.");
        }
        lines.addAll(missing.lines());
        return lines;
    }

    private List<String> table(List<ConnectionDTO> shown) {
        Last last = Last.of(sort);
        Table table = new Table(">ID", "ENDPOINT", "PEER", "STATE", ">AGE", ">IDLE", ">IN", ">OUT", ">" + last.name());
        for (ConnectionDTO each : shown) {
            table.add(
                    each.id < 0 ? "-" : each.id,
                    each.endpoint,
                    each.remote,
                    Snapshot.state(each),
                    HumanFormat.duration(each.ageMillis),
                    HumanFormat.duration(each.idleMillis),
                    HumanFormat.bytes(each.bytesIn),
                    HumanFormat.bytes(each.bytesOut),
                    last.cell(each));
        }
        return table.lines();
    }

    /** The last column: what was sorted by, where no other column shows it. */
    private enum Last {
        PENDING,
        UNREAD,
        HANDOVERS;

        static Last of(@Nullable String sort) {
            return "unread".equals(sort) ? UNREAD : "handovers".equals(sort) ? HANDOVERS : PENDING;
        }

        String cell(ConnectionDTO connection) {
            return switch (this) {
                case PENDING -> HumanFormat.bytes(connection.pendingBytes);
                case UNREAD -> HumanFormat.bytes(connection.unreadBytes);
                case HANDOVERS -> String.valueOf(connection.handOvers);
            };
        }
    }
}
