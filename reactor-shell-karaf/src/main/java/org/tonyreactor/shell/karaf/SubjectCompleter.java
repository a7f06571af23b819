package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Candidates;

/** Proposes bundles with protocols, and ports. */
@Service
public final class SubjectCompleter extends CandidatesCompleter {
    /** By Karaf. */
    public SubjectCompleter() {
        super(Candidates.SUBJECTS);
    }
}
