package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;

/** What is wrong with the threads of the engine; nothing is said of those that are well. */
final class EngineNotes {
    private static final String ACCEPTOR = "reactor-acceptor";

    private EngineNotes() {}

    /** Sentences, each folded. */
    static List<String> of(RuntimeDTO runtime) {
        List<String> sentences = new ArrayList<>();
        for (WorkerDTO each : runtime.workerDTOs) {
            if (each.heldUpMillis > 0) {
                sentences.add(each.thread + " is " + heldUp(each) + "; reactor:why of an endpoint's port shows where.");
            }
        }
        addRestarts(sentences, ACCEPTOR, runtime.acceptorRestarts);
        for (WorkerDTO each : runtime.workerDTOs) {
            addRestarts(sentences, each.thread, each.threadRestarts);
        }
        return sentences.stream()
                .flatMap(each -> TextWidth.fold(each, Table.WIDTH).stream())
                .toList();
    }

    /** That a worker is held up, since when and by whom. */
    static String heldUp(WorkerDTO worker) {
        String whose = Stream.of(
                        worker.heldUpEndpoint, worker.heldUpBundleId < 0 ? "" : "of bundle " + worker.heldUpBundleId)
                .filter(each -> !each.isEmpty())
                .reduce("", (text, part) -> text + " " + part);
        return "held up for " + HumanFormat.duration(worker.heldUpMillis) + (whose.isEmpty() ? "" : " by" + whose);
    }

    private static void addRestarts(List<String> sentences, String thread, long restarts) {
        if (restarts > 0) {
            sentences.add("The thread " + thread + " has died and was replaced, " + HumanFormat.count(restarts, "time")
                    + ": the log says of what.");
        }
    }
}
