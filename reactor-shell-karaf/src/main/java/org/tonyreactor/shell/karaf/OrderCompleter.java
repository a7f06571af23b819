package org.tonyreactor.shell.karaf;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonyreactor.shell.Candidates;

/** Proposes orders of connections. */
@Service
public final class OrderCompleter extends CandidatesCompleter {
    /** By Karaf. */
    public OrderCompleter() {
        super(Candidates.ORDERS);
    }
}
