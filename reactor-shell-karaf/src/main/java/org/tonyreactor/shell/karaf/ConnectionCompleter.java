package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Candidates;

/** Proposes ids of connections. */
@Service
public final class ConnectionCompleter extends CandidatesCompleter {
    /** By Karaf. */
    public ConnectionCompleter() {
        super(Candidates.CONNECTIONS);
    }
}
