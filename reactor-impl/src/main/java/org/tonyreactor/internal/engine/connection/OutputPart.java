package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import org.tonyreactor.internal.engine.wire.Wire;

/** One part of the output of a connection that its wire has not taken yet. Owner: the worker. */
sealed interface OutputPart permits OutputChunk, OutputFile {
    /** What it occupies, whatever is left of it. */
    long memoryBytes();

    /** How many bytes of it are left. */
    long remaining();

    /** Gives bytes to the wire until it takes no more. Returns how many; of a file at most as many as are asked for. */
    long writeTo(Wire wire, long most) throws IOException;

    /** Lets go of what it holds, sent or not. */
    void release();
}
