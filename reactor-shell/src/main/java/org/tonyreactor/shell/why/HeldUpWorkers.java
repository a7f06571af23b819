package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;
import org.tonyreactor.shell.HumanFormat;
import org.tonyreactor.shell.ShellContext;

/** The workers that a callback holds up, so that every endpoint's connections on them wait: since when, and by whom. */
final class HeldUpWorkers {
    private static final String HELD_UP = "held-up";

    private final ShellContext shell;

    HeldUpWorkers(ShellContext shell) {
        this.shell = shell;
    }

    List<Finding> findings(RuntimeDTO runtime) {
        List<Finding> findings = new ArrayList<>();
        for (WorkerDTO each : runtime.workerDTOs) {
            if (each.heldUpMillis > 0) {
                findings.add(finding(each));
            }
        }
        return findings;
    }

    /** Those that a bundle holds up. */
    List<Finding> findings(RuntimeDTO runtime, Bundle bundle) {
        List<Finding> findings = new ArrayList<>();
        for (WorkerDTO each : runtime.workerDTOs) {
            if (each.heldUpMillis > 0 && each.heldUpBundleId == bundle.getBundleId()) {
                findings.add(finding(each));
            }
        }
        return findings;
    }

    private Finding finding(WorkerDTO worker) {
        return new Finding(
                HELD_UP,
                worker.thread + " is held up for " + HumanFormat.duration(worker.heldUpMillis) + " by " + whose(worker)
                        + ", with " + HumanFormat.count(worker.connections, "connection") + " on it",
                "have that callback return; the stack shows where it is",
                List.of(worker.heldUpStack));
    }

    private String whose(WorkerDTO worker) {
        if (worker.heldUpServiceId >= 0) {
            return NameOf.factory(shell, worker.heldUpEndpoint, worker.heldUpServiceId, worker.heldUpBundleId);
        }
        return StackOwner.find(shell, worker.heldUpStack).map(NameOf::bundle).orElse("code that is no service");
    }
}
