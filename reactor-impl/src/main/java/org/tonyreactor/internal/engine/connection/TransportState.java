package org.tonyreactor.internal.engine.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.Transport;

/**
 * The state of a connection that any thread may read: its phase, the amount of pending output, and whether more may be
 * written.
 *
 * <p>The last one is a flag. Any thread may clear it, and only the worker sets it. A sender that has seen the flag
 * cleared is always told later. Either output above the low mark is pending, and its flush looks at the flag again. Or
 * a call that looks at the flag is in the inbox, behind the bytes for which it has to wait.
 */
abstract class TransportState extends Inbox implements Transport {
    private static final VarHandle FLAGS;
    private static final VarHandle FILE_BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            FLAGS = lookup.findVarHandle(TransportState.class, "flags", int.class);
            FILE_BYTES = lookup.findVarHandle(TransportState.class, "fileBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** It is not open any more, though output may still be pending. */
    static final int CLOSED = 1;
    /** The lease has ended. */
    static final int LOST = 1 << 1;
    /** The end with RST is under way. */
    static final int ABORTED = 1 << 2;
    /** FIN is under way, behind the output. */
    static final int OUTPUT_SHUT = 1 << 3;
    /** The protocol was told of the peer's FIN, or the one before it was. */
    static final int INPUT_ENDED = 1 << 4;
    /** Output has passed the high mark, and is not told to have fallen to the low one. */
    static final int UNWRITABLE = 1 << 5;

    /** As bits: an idle connection is kept small. */
    private volatile int flags;

    /** Of the connection's own output, without files and what other threads have written and the worker has not seen. */
    private volatile long pendingBytes;

    /** Of all files that will be sent, from every thread. */
    private volatile long fileBytes;

    TransportState(EventLoop loop) {
        super(loop);
    }

    /** The settings of this moment. */
    abstract EndpointSettings marks();

    /** Tells the protocol when the output is at the low mark. Worker only. */
    abstract void checkLowWater();

    final boolean isSet(int anyOf) {
        return (flags & anyOf) != 0;
    }

    /** Returns whether none of them was set before. */
    final boolean set(int wanted) {
        return ((int) FLAGS.getAndBitwiseOr(this, wanted) & wanted) == 0;
    }

    @Override
    public final boolean isOpen() {
        return !isSet(CLOSED);
    }

    @Override
    public final boolean isInputEnded() {
        return isSet(INPUT_ENDED);
    }

    @Override
    public final boolean isWritable() {
        return !isSet(CLOSED | UNWRITABLE);
    }

    @Override
    public final long pendingBytes() {
        return isSet(LOST) ? 0 : pendingBytes + waitingBytes() + fileBytes;
    }

    /** More of a file is to be sent, or less. Any thread. */
    final void addFileBytes(long bytes) {
        FILE_BYTES.getAndAdd(this, bytes);
    }

    final long ownPendingBytes() {
        return pendingBytes;
    }

    /** Worker only. */
    final void publishPending(long bytes) {
        pendingBytes = bytes;
    }

    /** Another thread has written, and the worker has not seen it: the flag is cleared, and will be looked at again. */
    final void noteWritten() {
        if (pendingBytes() > marks().output().highBytes() && set(UNWRITABLE)) {
            checkLater();
        }
    }

    /** The flag falls when the output is above the high mark. Worker only. */
    final void checkHighWater() {
        if (allBytes() > marks().output().highBytes() && set(UNWRITABLE) && bytesToRun() != 0) {
            checkLater();
        }
    }

    /** The connection's own output is at the low mark: raises the flag if that of other threads is too. Worker only. */
    final boolean becomesWritable() {
        if (!isSet(UNWRITABLE)) {
            return false;
        }
        if (allBytes() > marks().output().lowBytes()) {
            checkLater();
            return false;
        }
        FLAGS.getAndBitwiseAnd(this, ~UNWRITABLE);
        if (allBytes() > marks().output().highBytes()) { // Another thread has written meanwhile, and saw the flag down.
            if (set(UNWRITABLE)) {
                checkLater();
            }
            return false;
        }
        return true;
    }

    private void checkLater() {
        force(this::checkLowWater);
    }

    private long allBytes() {
        return pendingBytes + bytesToRun() + fileBytes;
    }
}
