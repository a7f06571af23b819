package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Candidates;

/** Proposes service ids of factories. */
@Service
public final class FactoryCompleter extends CandidatesCompleter {
    /** By Karaf. */
    public FactoryCompleter() {
        super(Candidates.FACTORIES);
    }
}
