package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.runtime.dto.ConnectionDTO;

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
    public static final String STATE = "Only those that are connecting, open, suspended or closing.";
    public static final String SORT =
            "By id, endpoint or peer, or the greatest first by age, idle, in, out, pending, unread or handovers.";
    public static final String LIMIT = "How many at most, 100 if it is not said; 0 shows all.";

    private static final int DEFAULT_LIMIT = 100;

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        Predicate<ConnectionDTO> filter = filter(shell);
        Comparator<ConnectionDTO> order = order();
        long most = limit == null ? DEFAULT_LIMIT : Numbers.id(limit, "limit");
        List<ConnectionDTO> matching = Stream.of(shell.admin().getConnectionDTOs())
                .filter(filter)
                .sorted(order)
                .toList();
        List<ConnectionDTO> shown =
                most == 0 ? matching : matching.stream().limit(most).toList();
        return new Answer(() -> lines(shown, matching.size()), () -> value(shown, matching.size()));
    }

    /** The orders there are. */
    public static List<String> orders() {
        return List.of("id", "endpoint", "peer", "age", "idle", "in", "out", "pending", "unread", "handovers");
    }

    /** The states there are. */
    public static List<String> states() {
        return Snapshot.connectionStates();
    }

    private Predicate<ConnectionDTO> filter(ShellContext shell) throws CommandFailure {
        if (state != null && !states().contains(state)) {
            throw new CommandFailure(state + " is no state: write one of " + String.join(", ", states()));
        }
        Predicate<ConnectionDTO> isOfEndpoint = endpoint == null ? connection -> true : endpoint(shell, endpoint);
        return connection -> isOfEndpoint.test(connection)
                && (peer == null || connection.remote.contains(peer))
                && (state == null || state.equals(Snapshot.state(connection)));
    }

    /** By name or port also what no endpoint has any more; by address what one has. */
    private static Predicate<ConnectionDTO> endpoint(ShellContext shell, String endpoint) throws CommandFailure {
        String suffix = endpoint.startsWith(":") ? endpoint : ":" + endpoint;
        Set<String> names = new HashSet<>();
        Target.meant(shell.runtime().getRuntimeDTO(), endpoint).forEach(each -> names.add(each.name + "@" + each.port));
        return connection -> endpoint.equals(connection.endpoint)
                || (suffix.matches(":\\d+") && connection.local.endsWith(suffix))
                || names.contains(connection.endpoint + "@" + portOf(connection.local));
    }

    private static String portOf(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private Comparator<ConnectionDTO> order() throws CommandFailure {
        Comparator<ConnectionDTO> byId = Comparator.comparingLong(each -> each.id);
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

    private static Object value(List<ConnectionDTO> shown, int matching) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("matching", matching);
        value.put("connections", shown.stream().map(Snapshot::of).toList());
        return value;
    }

    private List<String> lines(List<ConnectionDTO> shown, int matching) {
        if (matching == 0) {
            return List.of("No connection.");
        }
        Last last = Last.of(sort);
        Table table = new Table(">ID", "ENDPOINT", "PEER", "STATE", ">AGE", ">IDLE", ">IN", ">OUT", ">" + last.name());
        for (ConnectionDTO each : shown) {
            table.add(
                    each.id,
                    each.endpoint,
                    each.remote,
                    Snapshot.state(each),
                    HumanFormat.duration(each.ageMillis),
                    HumanFormat.duration(each.idleMillis),
                    HumanFormat.bytes(each.bytesIn),
                    HumanFormat.bytes(each.bytesOut),
                    last.cell(each));
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (shown.size() < matching) {
            lines.add(shown.size() + " of " + matching + " connections; --limit 0 shows all.");
        }
        return lines;
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
