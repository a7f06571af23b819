package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tonyreactor.runtime.ReactorAdmin;

/**
 * Closes connections after their pending output.
 *
 * @param ids their numbers
 */
public record ConnectionClose(List<String> ids) implements ShellCommand {
    public static final String DESCRIPTION = "Closes connections, each after its pending output.";
    public static final String IDS = "The ids, as connection-list tells them.";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        ReactorAdmin admin = shell.admin();
        List<Long> wanted = new ArrayList<>();
        for (String id : ids) {
            wanted.add(Numbers.id(id, "connection id"));
        }
        List<Long> closed = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (long id : wanted) {
            try {
                (admin.closeConnection(id) ? closed : unknown).add(id);
            } catch (IllegalStateException e) { // Whether there is such a connection is not known.
                failures.add("connection " + id + ": " + e.getMessage());
            }
        }
        if (!unknown.isEmpty()) {
            failures.add("there is no connection " + list(unknown));
        }
        if (!failures.isEmpty()) {
            throw new CommandFailure(
                    String.join("; ", failures) + (closed.isEmpty() ? "" : "; closed " + list(closed)));
        }
        return new Answer(
                () -> TextWidth.fold("Closed " + list(closed) + ".", Table.WIDTH), () -> Map.of("closed", closed));
    }

    private static String list(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
