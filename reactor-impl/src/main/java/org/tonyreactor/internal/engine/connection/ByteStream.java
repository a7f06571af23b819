package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.WorkerCounters;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The bytes of one connection: its channel, what waits on either side of it, and what the channel is waited for. All of
 * it belongs to the connection, not to its protocol, and stays where it is when the protocol changes.
 *
 * <p>Owner: the worker.
 */
public abstract class ByteStream extends Slot implements Multiplexer.ReadyHandler {
    /** How long after its last byte a connection is taken to be talking. */
    public static final long TALKING_MILLIS = 250;

    /** Why a connection is lost when there was not even memory to say why. Prepared while there was. */
    static final CloseReason NO_MEMORY =
            new CloseReason(Kind.IO_ERROR, new IOException("there was no memory left for the connection"));

    static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.connection");

    /**
     * The most bytes of a first write that goes without TCP_NODELAY: they fit into one segment of the size that every host
     * takes (536 bytes, RFC 9293, 3.7.1), and a segment is not held back while no other is under way (3.7.4). So a
     * connection that answers once saves a system call.
     */
    public static final int UNDELAYED_BYTES = 512;

    private static final int WRITE_SLICE_BYTES = 1 << 17;
    private static final byte UNREGISTERED = -1;

    private long lastActivityNanos;
    private long bytesIn;
    private long bytesOut;
    private Phase phase = Phase.FREE;
    private @Nullable Worker worker;
    private @Nullable PendingOutput output;
    private @Nullable UnreadInput unread;
    private boolean inputEnded;
    private boolean outputShut;
    private boolean readingPaused;
    /** What the protocol has left unread is to be presented again, though no more has come in. */
    private boolean presentsUnread;
    /** TCP_NODELAY is to be set, before the first write that could be held back for want of it. */
    private boolean wantsNoDelay;
    /** Closing the channel sends RST. */
    private boolean resets;
    /** The operations that the channel is waited for, or {@link #UNREGISTERED}. */
    private byte interest = UNREGISTERED;

    ByteStream(int index) {
        super(index);
    }

    // What the layers above are asked for.

    abstract void tellDataReceived(ByteBuffer data);

    abstract void tellInputClosed();

    abstract void tellOutputReady();

    /** Tells other threads how many bytes of output are pending. */
    abstract void publishPending(long bytes);

    /** Closes the connection once all output is sent. */
    abstract void beginClose(CloseReason why);

    /** Ends the connection at the end of the turn. */
    abstract void end(CloseReason why);

    /** Has what was put off done at the end of the turn. */
    abstract void deferToTurnEnd();

    // What holds for all layers.

    final Phase phase() {
        return phase;
    }

    final boolean isOpen() {
        return phase == Phase.OPEN;
    }

    final void enter(Phase next) {
        phase = next;
    }

    final Worker worker() {
        return required(worker);
    }

    final EventLoop loop() {
        return worker().loop();
    }

    /** Where assertions are on: the caller is the thread of the worker that has the connection. */
    final void assertOwner() {
        assert isOwnedByCaller() : this + " is called by " + Thread.currentThread();
    }

    private boolean isOwnedByCaller() {
        if (worker != null) {
            worker.loop().assertOwner();
        }
        return true;
    }

    final WorkerCounters counters() {
        return binding().counters(worker().index());
    }

    /** Whether a worker has begun to take it over. For the acceptor too, when that worker's thread is dead. */
    public final boolean isAdopted() {
        return worker != null;
    }

    final void adoptedBy(Worker by) {
        worker = by;
    }

    /** Starts to count idle time anew. */
    final void noteActivity() {
        lastActivityNanos = loop().nowNanos();
    }

    final long idleNanos() {
        return loop().nowNanos() - lastActivityNanos;
    }

    /** Whether bytes went to and fro a short time ago, so that more may be expected soon. */
    final boolean isTalking() {
        return idleNanos() < TimeUnit.MILLISECONDS.toNanos(TALKING_MILLIS);
    }

    // Input.

    /** Reads once. Returns whether there was something. */
    final boolean read() throws IOException {
        assertOwner();
        if (phase == Phase.ENDING || phase == Phase.SUSPENDED || phase == Phase.FREE || inputEnded) {
            return false;
        }
        ByteBuffer buffer = worker().readBuffer();
        int count = channel().read(buffer);
        if (count < 0) {
            onInputEnded();
            return false;
        }
        if (count > 0 && phase == Phase.OPEN) {
            noteActivity();
            bytesIn += count;
            counters().bytesIn.add(count);
            buffer.flip();
            present(unread == null ? buffer : unread.with(buffer));
        }
        return count > 0;
    }

    private void present(ByteBuffer data) {
        tellDataReceived(data);
        if (unread == null && !data.hasRemaining()) {
            return; // The usual case.
        }
        if (phase != Phase.OPEN) {
            unread = null;
        } else if (data.remaining() > settings().inputMaxBytes()) {
            unread = null;
            beginClose(CloseReason.of(Kind.INPUT_OVERFLOW));
        } else if (unread == null) {
            unread = new UnreadInput(data);
        } else if (!unread.keep()) {
            unread = null;
        }
    }

    private void onInputEnded() {
        inputEnded = true;
        if (phase != Phase.OPEN) {
            deferToTurnEnd();
        } else if (settings().halfClose() && !outputShut) {
            tellInputClosed();
        } else {
            beginClose(CloseReason.of(Kind.CLOSED_BY_PEER));
        }
        updateInterest();
    }

    final boolean hasInputEnded() {
        return inputEnded;
    }

    final void pauseReading() {
        assertOwner();
        readingPaused = true;
        updateInterest();
    }

    void resumeReading() {
        assertOwner();
        if (readingPaused) {
            readingPaused = false;
            updateInterest();
            presentUnreadLater();
        }
    }

    final boolean isReadingPaused() {
        return readingPaused;
    }

    /** Reading goes on: what the protocol left unread may not have to wait for more. */
    final void presentUnreadLater() {
        assertOwner();
        if (unread != null) {
            presentsUnread = true;
            deferToTurnEnd();
        }
    }

    /** Presents what is unread once more if that was asked for. At the end of the turn. */
    final void presentUnreadAgain() {
        if (presentsUnread) {
            presentsUnread = false;
            if (unread != null && !readingPaused && !isPausedByOutput()) {
                present(unread.all());
            }
        }
    }

    final boolean hasUnread() {
        return unread != null;
    }

    /**
     * Whether a suspended connection has input that waits for the next protocol. Suspending leaves the selector alone, which
     * saves two system calls for each connection that stays silent; the first input ends the interest in it.
     */
    final boolean inputWaits() {
        return phase == Phase.SUSPENDED && !inputEnded && (interest & SelectionKey.OP_READ) == 0;
    }

    // Output.

    /** Whether small writes are sent at once (TCP_NODELAY), each of them. Before the first. */
    final void wantNoDelay(boolean wanted) {
        wantsNoDelay = wanted;
    }

    private void setNoDelay() {
        wantsNoDelay = false;
        try {
            channel().setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            LOG.debug("connection {}: its small writes may be held back", id(), e);
        }
    }

    final void write(ByteBuffer data) {
        assertOwner();
        if (phase != Phase.OPEN || outputShut) {
            data.position(data.limit());
            return;
        }
        if (!hasPending()) {
            try {
                writeNow(data);
            } catch (IOException e) {
                data.position(data.limit());
                broken(e);
                return;
            } catch (RuntimeException | Error e) {
                data.position(data.limit());
                lose(Doing.WRITE, e);
                return;
            }
            if (!data.hasRemaining()) {
                return;
            }
        }
        try {
            keep(data);
        } catch (RuntimeException | Error e) { // Without the rest of it nothing that follows would make sense.
            data.position(data.limit());
            lose(Doing.KEEPING_OUTPUT, e);
        }
    }

    /** Writes straight to the socket. A heap buffer goes in slices: the JDK copies each into memory that it keeps. */
    private void writeNow(ByteBuffer data) throws IOException {
        SocketChannel to = channel();
        int before = data.remaining();
        if (wantsNoDelay && (bytesOut > 0 || before > UNDELAYED_BYTES)) {
            setNoDelay();
        }
        int limit = data.limit();
        int slice = data.isDirect() ? before : WRITE_SLICE_BYTES;
        try {
            do {
                data.limit(data.position() + Math.min(slice, limit - data.position()));
                to.write(data);
            } while (!data.hasRemaining() && data.limit() < limit);
        } finally {
            data.limit(limit);
        }
        countWritten(before - data.remaining());
    }

    private void countWritten(long bytes) {
        noteActivity();
        bytesOut += bytes;
        counters().bytesOut.add(bytes);
    }

    private void keep(ByteBuffer data) {
        PendingOutput pending = output;
        if (pending == null) {
            pending = new PendingOutput();
            output = pending;
        }
        if (wantsNoDelay) {
            setNoDelay(); // What is left of a first write is a second one.
        }
        pending.add(data);
        publishPending(pending.bytes());
        EndpointSettings limits = settings();
        if (pending.bytes() > limits.outputMaxBytes()) {
            abort(Kind.SLOW_CONSUMER);
        } else {
            pending.noteRise(limits);
        }
        updateInterest();
    }

    final void flush() throws IOException {
        assertOwner();
        PendingOutput pending = output;
        if (pending == null || phase == Phase.ENDING) {
            return;
        }
        long written = pending.flush(channel());
        if (written > 0) {
            countWritten(written);
            publishPending(pending.bytes());
        }
        if (pending.isEmpty()) {
            onOutputSent();
        }
        letGoOfDoneOutput();
        if (phase != Phase.SUSPENDED) {
            checkLowWater();
        }
        updateInterest();
    }

    private void onOutputSent() throws IOException {
        if (phase == Phase.CLOSING) {
            deferToTurnEnd();
        } else if (outputShut) {
            shutdownChannel();
        }
    }

    /** Tells that the output has fallen to the low mark, if it had risen above the high one. */
    final void checkLowWater() {
        assertOwner();
        if (output != null && output.takeFall(settings())) {
            letGoOfDoneOutput();
            presentUnreadLater();
            if (phase == Phase.OPEN) {
                tellOutputReady();
            }
        }
    }

    private void letGoOfDoneOutput() {
        if (output != null && output.isDone()) {
            output = null;
        }
    }

    /** There is nobody to take what is pending. */
    final void dropPending() {
        output = null;
        updateInterest();
    }

    /** It ends: what it keeps is let go at once, since ending it may need memory. */
    final void releaseBuffers() {
        output = null;
        unread = null;
    }

    final boolean hasPending() {
        return output != null && !output.isEmpty();
    }

    private boolean isPausedByOutput() {
        return output != null && output.pausesReading();
    }

    final void shutdownOutput() {
        assertOwner();
        if (phase != Phase.OPEN || outputShut) {
            return;
        }
        outputShut = true;
        if (!hasPending()) {
            try {
                shutdownChannel();
            } catch (IOException e) {
                broken(e);
            }
        }
    }

    private void shutdownChannel() throws IOException {
        channel().shutdownOutput();
        if (inputEnded) {
            beginClose(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        }
    }

    final boolean isOutputShut() {
        return outputShut;
    }

    // The channel.

    /** Begins to wait for the channel, or goes on once it is connected. */
    final void register() throws IOException {
        register(phase == Phase.CONNECTING ? SelectionKey.OP_CONNECT : wantedOps());
    }

    private void register(int ops) throws IOException {
        worker().register(channel(), ops, this);
        interest = (byte) ops;
    }

    final void updateInterest() {
        assertOwner();
        int wanted = wantedOps();
        if (wanted != interest && interest != UNREGISTERED && phase != Phase.CONNECTING) {
            interest = (byte) wanted;
            worker().interest(channel(), wanted);
        }
    }

    private int wantedOps() {
        boolean reads = !inputEnded
                && phase != Phase.SUSPENDED
                && (phase != Phase.OPEN || !(readingPaused || isPausedByOutput()));
        return (reads ? SelectionKey.OP_READ : 0) | (hasPending() ? SelectionKey.OP_WRITE : 0);
    }

    /** The channel has failed. */
    final void broken(Exception e) {
        assertOwner();
        String message = String.valueOf(e.getMessage());
        boolean byPeer = message.contains("reset") || message.contains("Broken pipe");
        end(reason(byPeer ? Kind.RESET : Kind.IO_ERROR, e));
    }

    /** The engine's own work for the connection has failed: it ends with RST, and nothing of it needs memory. */
    final void lose(Doing what, Throwable e) {
        releaseBuffers(); // First: what follows may need some of it.
        FailureReport.failed(LOG, this, what, e);
        resets = true;
        end(reason(Kind.IO_ERROR, e));
    }

    /** A reason with the failure behind it, as far as there is memory for it. */
    static CloseReason reason(Kind kind, Throwable e) {
        try {
            return new CloseReason(kind, e);
        } catch (OutOfMemoryError noMemory) {
            return NO_MEMORY;
        }
    }

    /** Ends the connection with RST, whatever is pending. */
    final void abort(Kind kind) {
        assertOwner();
        resets = true;
        end(CloseReason.of(kind));
    }

    /** Whether closing the channel sends RST, so that the peer knows that something is missing. */
    final void resetIf(boolean somethingIsMissing) {
        resets = somethingIsMissing;
    }

    /** The peer sees the end when this turn has ended. */
    final void closeChannel() {
        SocketChannel closing = channelOrNull();
        if (closing == null) {
            return;
        }
        try {
            if (resets) {
                closing.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            LOG.debug("connection {}: no RST could be asked for", id(), e);
        }
        try {
            loop().closeSoon(closing);
        } catch (IOException e) {
            LOG.debug("connection {}: closing its channel failed", id(), e);
        }
    }

    final long bytesIn() {
        return bytesIn;
    }

    final long bytesOut() {
        return bytesOut;
    }

    final long pendingBytes() {
        return output == null ? 0 : output.bytes();
    }

    final long unreadBytes() {
        return unread == null ? 0 : unread.bytes();
    }

    @Override
    void clear() {
        super.clear();
        bytesIn = 0;
        bytesOut = 0;
        phase = Phase.FREE;
        worker = null;
        output = null;
        unread = null;
        inputEnded = false;
        outputShut = false;
        readingPaused = false;
        presentsUnread = false;
        wantsNoDelay = false;
        resets = false;
        interest = UNREGISTERED;
    }
}
