package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** The connections at one moment, as far as the engine's threads have told of them. */
public class ConnectionListDTO extends DTO {
    /** The connections, in the order of their ids; then the peers that wait, the oldest of an endpoint first. Never null. */
    public ConnectionDTO[] connectionDTOs = {};
    /**
     * The names of the engine's threads that have not answered in time, for example because a callback holds them up. Their
     * connections are missing. {@link WorkerDTO#thread} has the same names. Never null; empty if nothing is missing.
     */
    public String[] missingThreads = {};

    /** For the engine. */
    public ConnectionListDTO() {}
}
