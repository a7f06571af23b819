package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Candidates;

/** Proposes states of connections. */
@Service
public final class StateCompleter extends CandidatesCompleter {
    /** By Karaf. */
    public StateCompleter() {
        super(Candidates.STATES);
    }
}
