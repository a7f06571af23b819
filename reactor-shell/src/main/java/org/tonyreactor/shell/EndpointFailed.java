package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** The factories that are not served, each with its reason. */
public record EndpointFailed() implements ShellCommand {
    public static final String DESCRIPTION = "Lists the factories that are not served, each with the reason.";

    private static final String INDENT = "  ";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        FailedEndpointDTO[] failed = shell.runtime().getRuntimeDTO().failedEndpointDTOs;
        return new Answer(
                () -> lines(failed), () -> Stream.of(failed).map(Snapshot::of).toList());
    }

    private static List<String> lines(FailedEndpointDTO[] failed) {
        if (failed.length == 0) {
            return List.of("Every factory is served.");
        }
        Table table = new Table("NAME", "ADDRESS", "REASON", ">SERVICE", ">BUNDLE");
        for (FailedEndpointDTO each : failed) {
            table.add(
                    each.name,
                    HumanFormat.address(each.host, each.port),
                    Snapshot.reason(each),
                    each.serviceId,
                    each.bundleId);
        }
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>();
        lines.add(rows.get(0));
        for (int i = 0; i < failed.length; i++) {
            lines.add(rows.get(i + 1));
            for (String line : TextWidth.fold(failed[i].message, Table.WIDTH - INDENT.length())) {
                lines.add(INDENT + line);
            }
        }
        return lines;
    }
}
