package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/**
 * Everything about one address: each factory that serves it, and those that wait behind.
 *
 * @param endpoint a port, an address or a name, as {@link Target} takes it
 */
public record EndpointShow(String endpoint) implements ShellCommand {
    public static final String DESCRIPTION = "Shows everything about one endpoint and the factories on its address.";
    public static final String ENDPOINT = "Its port, its address (host:port) or its name.";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        RuntimeDTO runtime = shell.runtime().getRuntimeDTO();
        Target target = Target.served(runtime, endpoint);
        List<Map<String, Object>> serving = Stream.of(runtime.endpointDTOs)
                .filter(target::isOf)
                .map(each -> withVersion(Snapshot.of(each), shell, each.bundleId))
                .toList();
        List<FailedEndpointDTO> waiting =
                Stream.of(runtime.failedEndpointDTOs).filter(target::isOf).toList();
        List<EndpointDTO> served =
                Stream.of(runtime.endpointDTOs).filter(target::isOf).toList();
        return new Answer(() -> lines(shell, target, served, waiting), () -> value(target, serving, waiting, runtime));
    }

    private static Map<String, Object> withVersion(Map<String, Object> value, ShellContext shell, long bundleId) {
        value.put("bundleVersion", shell.version(bundleId));
        return value;
    }

    private static Object value(
            Target target, List<Map<String, Object>> serving, List<FailedEndpointDTO> waiting, RuntimeDTO runtime) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("address", target.toString());
        value.put("factories", serving);
        value.put("notServed", waiting.stream().map(Snapshot::of).toList());
        value.put("workers", Stream.of(runtime.workerDTOs).map(Snapshot::of).toList());
        value.put("acceptorRestarts", runtime.acceptorRestarts);
        return value;
    }

    private static List<String> lines(
            ShellContext shell, Target target, List<EndpointDTO> served, List<FailedEndpointDTO> waiting) {
        List<String> lines = new ArrayList<>();
        lines.addAll(TextWidth.fold(target.toString(), Table.WIDTH));
        for (EndpointDTO each : served) {
            lines.add("");
            lines.addAll(factory(shell, each));
        }
        for (FailedEndpointDTO each : waiting) {
            lines.add("");
            DefinitionList list = new DefinitionList();
            list.add("name", each.name)
                    .add("not served", Snapshot.reason(each))
                    .add("because", each.message)
                    .add("factory", "service " + each.serviceId + " of " + bundle(shell, each.bundleId));
            lines.addAll(list.lines());
        }
        return lines;
    }

    private static List<String> factory(ShellContext shell, EndpointDTO each) {
        DefinitionList list = new DefinitionList();
        list.add("name", each.name)
                .add("state", Snapshot.state(each))
                .add("factory", "service " + each.serviceId + " of " + bundle(shell, each.bundleId))
                .add("takes", share(each))
                .add(
                        "connections",
                        each.connections + " open, " + each.accepted + " accepted, " + each.refused + " refused ("
                                + each.refusedByPeerLimit + " by the limit for one peer, " + each.refusedByRate
                                + " by rate)")
                .add("handed over", each.resumed + " came, " + each.suspended + " went")
                .add("bytes", HumanFormat.bytes(each.bytesIn) + " in, " + HumanFormat.bytes(each.bytesOut) + " out")
                .add(
                        "errors",
                        HumanFormat.count(each.errors, "callback") + " threw, "
                                + HumanFormat.count(each.failed, "connection") + " lost by it")
                .add(
                        "limits",
                        each.inputOverflows + " ended by INPUT_OVERFLOW, " + each.slowConsumers + " by SLOW_CONSUMER, "
                                + each.idleTimeouts + " by IDLE_TIMEOUT, " + each.firstByteTimeouts
                                + " by TIMEOUT_FIRST_BYTE");
        if (each.state == EndpointDTO.STATE_HELD) {
            list.add("waiting", HumanFormat.count(each.waiting, "peer") + " unread");
        }
        return list.lines();
    }

    private static String share(EndpointDTO each) {
        String share = String.format(Locale.ROOT, "%.0f%%", each.sharePercent);
        return each.accepting ? share + " of the new connections (weight " + each.weight + ")" : "no new connections";
    }

    private static String bundle(ShellContext shell, long id) {
        return shell.bundle(id)
                .map(bundle -> "bundle " + id + ", " + bundle.getSymbolicName() + " " + bundle.getVersion())
                .orElse(id < 0 ? "no bundle" : "bundle " + id + ", which is gone");
    }
}
