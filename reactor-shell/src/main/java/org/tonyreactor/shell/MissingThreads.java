package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.ConnectionListDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;

/**
 * Whose connections a list has not got, since threads of the engine have not answered.
 *
 * @param names the threads
 * @param workers those of them that are workers, as the runtime tells of them
 */
record MissingThreads(List<String> names, List<WorkerDTO> workers) {
    static MissingThreads of(ShellContext shell, ConnectionListDTO list) throws CommandFailure {
        List<String> names = List.of(list.missingThreads);
        List<WorkerDTO> workers = names.isEmpty()
                ? List.of()
                : Stream.of(shell.runtime().getRuntimeDTO().workerDTOs)
                        .filter(each -> names.contains(each.thread))
                        .toList();
        return new MissingThreads(names, workers);
    }

    /** A sentence for each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            String whose = workers.stream()
                    .filter(each -> each.thread.equals(name))
                    .map(each -> "its " + HumanFormat.count(each.connections, "connection")
                            + (each.connections == 1 ? " is" : " are")
                            + " not shown"
                            + (each.heldUpMillis > 0 ? "; it is " + EngineNotes.heldUp(each) : ""))
                    .findFirst()
                    .orElse("what it has is not shown");
            lines.addAll(TextWidth.fold(name + " has not answered: " + whose + ".", Table.WIDTH));
        }
        return lines;
    }
}
