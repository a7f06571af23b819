package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Candidates;

/** Proposes endpoints. */
@Service
public final class EndpointCompleter extends CandidatesCompleter {
    /** By Karaf. */
    public EndpointCompleter() {
        super(Candidates.ENDPOINTS);
    }
}
