package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** The engine, its workers and its endpoints. */
public class RuntimeDTO extends DTO {
    /** The number of worker threads. */
    public int workers;

    /** Milliseconds since the engine started. */
    public long uptimeMillis;

    /** Slots in the connection pool, free and taken. */
    public int poolCapacity;

    /** Slots of the connection pool that serve a connection now. */
    public int poolUsed;

    /** Loopback tokens that were ignored because they were stale, double or out of range: 0 in a healthy engine. */
    public long ignoredTokens;

    /** Connections that were turned away because descriptors or slots had run out. */
    public long exhausted;

    /** Connections refused with RST instead of FIN, since 1,024 others were being refused at that moment. */
    public long refusedByReset;

    /**
     * Bytes of memory that is occupied by what waits in the engine for somebody: pending output, unread input, calls of other
     * threads, the state of suspended protocols, memberships, and the engine's own buffers.
     */
    public long memoryUsedBytes;

    /** Bytes that these never pass: {@code memory.max.bytes}. */
    public long memoryMaxBytes;

    /** Bytes above which the engine reads less: {@code memory.high.percent} of the bound. */
    public long memoryHighBytes;

    /** Connections ended because memory was short ({@code MEMORY}). */
    public long memoryEnded;

    /** How often the acceptor's thread had ended by itself and a fresh one took its place. */
    public long acceptorRestarts;

    /** The endpoints: those that are served, held or drained, and those whose address could not be bound. Never null. */
    public EndpointDTO[] endpointDTOs = {};

    /** The factories that are not served, each with its reason. Never null. */
    public FailedEndpointDTO[] failedEndpointDTOs = {};

    /** The workers. Never null. */
    public WorkerDTO[] workerDTOs = {};

    /** For the engine. */
    public RuntimeDTO() {}
}
