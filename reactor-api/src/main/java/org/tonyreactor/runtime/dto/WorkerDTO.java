package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** One worker thread. */
public class WorkerDTO extends DTO {
    /** The name of its thread. */
    public String thread = "";
    /** Connections it serves now. */
    public int connections;
    /** Timers that are pending on it. */
    public int timers;
    /** Turns of its loop since the start. */
    public long turns;
    /** How often its selector was rebuilt because it returned empty again and again. */
    public long selectorRebuilds;
    /** How often its thread has ended by itself and was replaced by a new one. */
    public long threadRestarts;
    /**
     * How long the present turn of its loop has taken, if that is a second or more: a callback does not return, and all
     * connections of this worker wait. Else 0. In milliseconds.
     */
    public long heldUpMillis;
    /** The name of the endpoint whose code was called last in that turn; empty when it is of no endpoint. */
    public String heldUpEndpoint = "";
    /** The {@code service.id} of the factory whose code was called last in that turn; -1 when it is no service's. */
    public long heldUpServiceId = -1;
    /** The id of the bundle that registered that factory; -1 when it is no service's. */
    public long heldUpBundleId = -1;
    /** The stack of its thread while it is held up, the innermost frame first. Never null; else empty. */
    public String[] heldUpStack = {};

    /** Bytes of the engine's memory that wait on it, without calls of other threads and buffers of its own. */
    public long memoryBytes;

    /** For the engine. */
    public WorkerDTO() {}
}
