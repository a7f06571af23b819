package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** One connection. */
public class ConnectionDTO extends DTO {
    /** This side is opening it. */
    public static final int STATE_CONNECTING = 1;
    /** A protocol serves it. */
    public static final int STATE_OPEN = 2;
    /** It waits for the next factory; the state of its protocol is kept as bytes. */
    public static final int STATE_SUSPENDED = 3;
    /** It sends its last output, or waits for the peer to take it. */
    public static final int STATE_CLOSING = 4;
    /** Its endpoint is held: it is accepted and waits, unread, for the next factory. */
    public static final int STATE_WAITING = 5;

    /** Its number, unique in this engine; the same before and after a hand-over. -1 for one that waits: it has none yet. */
    public long id;
    /** The name of its endpoint. */
    public String endpoint = "";
    /** The {@code service.id} of its factory; -1 for a factory that is no service. */
    public long serviceId = -1;
    /** The id of the bundle that registered its factory; -1 for a factory that is no service. */
    public long bundleId = -1;
    /** One of the {@code STATE_} constants. */
    public int state;
    /** The peer's address; empty while connecting. */
    public String remote = "";
    /** This side's address; empty while connecting. */
    public String local = "";
    /** The name of the worker thread; the acceptor's for one that waits. */
    public String thread = "";
    /** Milliseconds since it was accepted, or since this side began to connect. */
    public long ageMillis;
    /** Milliseconds since a byte was last read or written. */
    public long idleMillis;
    /** Bytes read. */
    public long bytesIn;
    /** Bytes written to the socket. */
    public long bytesOut;
    /** Bytes written by the protocol that the socket has not taken yet. */
    public long pendingBytes;
    /** Bytes left unread by the protocol. */
    public long unreadBytes;
    /** Bytes of the engine's memory that all that waits for it occupies. */
    public long memoryBytes;
    /** Whether the protocol has paused reading. */
    public boolean readingPaused;
    /** How often it was handed over. */
    public int handOvers;

    /** For the engine. */
    public ConnectionDTO() {}
}
