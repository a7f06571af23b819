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

    /** Bytes of the engine's memory that wait on it, without calls of other threads and buffers of its own. */
    public long memoryBytes;

    /** For the engine. */
    public WorkerDTO() {}
}
