package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.WorkerCounters;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The bytes of one connection: its wire, what waits on either side of it, and what the wire is waited for. All of it
 * belongs to the connection, not to its protocol, and stays where it is when the protocol changes.
 *
 * <p>Owner: the worker.
 */
public abstract class ByteStream extends Slot implements Multiplexer.ReadyHandler {
    /** What becomes of input. */
    enum Input {
        /** The protocol gets it: the connection is open. */
        PRESENTED,
        /** It is read and dropped: the connection closes, and its peer has not noticed yet. */
        DISCARDED,
        /** It stays in the wire. */
        LEFT
    }

    /** Which wire carries the bytes after the present one. */
    interface WireChange {
        /**
         * Makes the next wire, usually one over the present one.
         *
         * @param unread what was read and not used yet, for the next wire to begin with
         */
        Wire over(Wire present, ByteBuffer unread) throws IOException;
    }

    /** How long after its last byte a connection counts as active. */
    public static final long ACTIVE_MILLIS = 250;

    /** How often one event reads from a wire that holds more; what is left then is read in the next turn. */
    static final int READS_PER_EVENT = 16;

    /**
     * The most bytes of a first write that goes without TCP_NODELAY: they fit into one segment of the size that every host
     * takes (536 bytes, RFC 9293, 3.7.1), and a segment is not held back while no other is under way (3.7.4). So a
     * connection that answers once saves a system call.
     */
    public static final int UNDELAYED_BYTES = 512;

    static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.connection");

    private static final byte UNATTACHED = -1;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private long lastActivityNanos;
    private long bytesIn;
    private long bytesOut;
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
    /** Closing the wire sends RST. */
    private boolean resets;
    /** The operations that the wire is waited for, or {@link #UNATTACHED}. */
    private byte interest = UNATTACHED;

    ByteStream(int index) {
        super(index);
    }

    // What the layers above are asked for.

    abstract Input input();

    abstract void tellDataReceived(ByteBuffer data);

    abstract void tellInputClosed();

    abstract void tellOutputReady();

    /** Tells other threads how many bytes of output are pending. */
    abstract void publishPending(long bytes);

    /** Closes the connection once all output is sent. */
    abstract void close(CloseReason why);

    /** Ends the connection at the end of the turn. */
    abstract void end(CloseReason why);

    /** The wire has failed. */
    abstract void broken(Exception e);

    /** Schedules end-of-turn work; idempotent. */
    abstract void deferToTurnEnd();

    // What holds for all layers.

    final boolean isOpen() {
        return input() == Input.PRESENTED;
    }

    final Worker worker() {
        return required(worker);
    }

    final EventLoop loop() {
        return worker().loop();
    }

    final WorkerCounters counters() {
        return binding().counters(worker().index());
    }

    final void adoptedBy(Worker adopter) {
        worker = adopter;
    }

    /** Starts to count idle time anew. */
    final void noteActivity() {
        lastActivityNanos = loop().nowNanos();
    }

    final long idleNanos() {
        return loop().nowNanos() - lastActivityNanos;
    }

    /** Whether bytes went to and fro a short time ago, so that more may be expected soon. */
    final boolean isActive() {
        return idleNanos() < TimeUnit.MILLISECONDS.toNanos(ACTIVE_MILLIS);
    }

    // Input.

    /** Reads once, and on while the wire holds more. Returns whether there was something. */
    final boolean read() throws IOException {
        if (!readOnce()) {
            return false;
        }
        for (int reads = 1; reads < READS_PER_EVENT && holdsWantedInput(); reads++) {
            readOnce();
        }
        readHeldLater();
        return true;
    }

    private boolean readOnce() throws IOException {
        Input becomes = input();
        if (becomes == Input.LEFT || inputEnded) {
            return false;
        }
        ByteBuffer data = wire().read();
        if (data == null) {
            return false;
        }
        if (Wire.isEnd(data)) {
            onInputEnded();
            return false;
        }
        if (becomes == Input.PRESENTED) {
            noteActivity();
            int count = data.remaining();
            bytesIn += count;
            counters().bytesIn.add(count);
            present(unread == null ? data : unread.with(data));
        }
        return true;
    }

    private boolean wantsInput() {
        Input becomes = input();
        return !inputEnded
                && becomes != Input.LEFT
                && (becomes != Input.PRESENTED || !(readingPaused || isPausedByOutput()));
    }

    /** Whether input that may be read lies in the wire, of which no poll will tell. */
    private boolean holdsWantedInput() {
        return wire().hasMore() && wantsInput();
    }

    private void readHeldLater() {
        if (holdsWantedInput()) {
            deferToTurnEnd();
        }
    }

    /** Goes on with what one event or callback has left to do in the wire. At the end of the turn. */
    final void serveWire() throws IOException {
        if (wire().unsentBytes() != 0) {
            flush();
        }
        if (holdsWantedInput()) {
            read();
        }
    }

    private void present(ByteBuffer data) {
        tellDataReceived(data);
        if (unread == null && !data.hasRemaining()) {
            return; // The usual case.
        }
        if (!isOpen()) {
            unread = null;
        } else if (data.remaining() > settings().inputMaxBytes()) {
            unread = null;
            close(CloseReason.of(Kind.INPUT_OVERFLOW));
        } else if (unread == null) {
            unread = new UnreadInput(data);
        } else if (!unread.keep()) {
            unread = null;
        }
    }

    private void onInputEnded() {
        inputEnded = true;
        if (!isOpen()) {
            deferToTurnEnd();
        } else if (settings().halfClose() && !outputShut) {
            tellInputClosed();
        } else {
            close(CloseReason.of(Kind.CLOSED_BY_PEER));
        }
        updateInterest();
    }

    final boolean hasInputEnded() {
        return inputEnded;
    }

    final void pauseReading() {
        readingPaused = true;
        updateInterest();
    }

    void resumeReading() {
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
     * Whether input has come that nobody wanted: its first byte has ended the interest in it. Suspending leaves the
     * selector alone, which saves two system calls for each connection that stays silent.
     */
    final boolean leavesInput() {
        return !inputEnded && (interest & Wire.READ) == 0;
    }

    // Output.

    /** Whether small writes are sent at once (TCP_NODELAY), each of them. Before the first. */
    final void wantNoDelay(boolean wanted) {
        wantsNoDelay = wanted;
    }

    private void setNoDelay() {
        wantsNoDelay = false;
        wire().noDelay(true);
    }

    final void write(ByteBuffer data) {
        if (!isOpen() || outputShut) {
            data.position(data.limit());
            return;
        }
        if (output == null || output.isEmpty()) {
            try {
                writeNow(data);
            } catch (IOException e) {
                data.position(data.limit());
                broken(e);
                return;
            }
            if (!data.hasRemaining()) {
                return;
            }
        }
        keep(data);
    }

    private void writeNow(ByteBuffer data) throws IOException {
        if (wantsNoDelay && (bytesOut > 0 || data.remaining() > UNDELAYED_BYTES)) {
            setNoDelay();
        }
        Wire to = wire();
        countWritten(to.write(data));
        if (to.unsentBytes() != 0) {
            deferToTurnEnd();
            onPendingGrown();
        }
    }

    private void countWritten(long bytes) {
        noteActivity();
        bytesOut += bytes;
        counters().bytesOut.add(bytes);
    }

    private void keep(ByteBuffer data) {
        if (wantsNoDelay) {
            setNoDelay(); // What is left of a first write is a second one.
        }
        pendingOutput().add(data);
        onPendingGrown();
    }

    private PendingOutput pendingOutput() {
        PendingOutput pending = output;
        if (pending == null) {
            pending = new PendingOutput();
            output = pending;
        }
        return pending;
    }

    private void onPendingGrown() {
        long pending = pendingBytes();
        publishPending(pending);
        EndpointSettings limits = settings();
        if (pending > limits.outputMaxBytes()) {
            abort(Kind.SLOW_CONSUMER);
        } else if (pending > limits.outputHighBytes()) {
            pendingOutput().noteRise(limits);
        }
        updateInterest();
    }

    /** Sends what is pending, as far as the wire takes it. */
    final void flush() throws IOException {
        if (!hasPending()) {
            return;
        }
        Wire to = wire();
        if (to.flush() && output != null && !output.isEmpty()) {
            countWritten(output.flush(to));
        }
        publishPending(pendingBytes());
        if (!hasPending()) {
            onOutputSent();
        }
        letGoOfDoneOutput();
        if (input() != Input.LEFT) {
            checkLowWater();
        }
        updateInterest();
    }

    private void onOutputSent() throws IOException {
        if (!isOpen()) {
            deferToTurnEnd();
        } else if (outputShut) {
            shutdownWire();
        }
    }

    /** Tells that the output has fallen to the low mark, if it had risen above the high one. */
    final void checkLowWater() {
        if (output != null && output.takeFall(pendingBytes(), settings())) {
            letGoOfDoneOutput();
            updateInterest();
            presentUnreadLater();
            if (isOpen()) {
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

    final boolean hasPending() {
        return pendingBytes() != 0;
    }

    private boolean isPausedByOutput() {
        return output != null && output.pausesReading();
    }

    final void shutdownOutput() {
        if (!isOpen() || outputShut) {
            return;
        }
        outputShut = true;
        if (!hasPending()) {
            try {
                shutdownWire();
            } catch (IOException e) {
                broken(e);
            }
        }
    }

    private void shutdownWire() throws IOException {
        wire().shutdownOutput();
        if (inputEnded) {
            close(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        }
    }

    final boolean isOutputShut() {
        return outputShut;
    }

    // The wire.

    /** Begins to wait for the wire; while it is connecting, for that only. */
    final void attachWire(boolean connecting) throws IOException {
        boolean first = interest == UNATTACHED;
        int ops = connecting ? Wire.CONNECT : wantedOps();
        interest = (byte) ops;
        wire().interest(ops);
        if (first) {
            wire().attach(loop().multiplexer(), this);
        }
    }

    /**
     * Has another wire carry the bytes from now on; what was read and not used goes to it, what is pending leaves by the
     * present one first. Between two callbacks.
     */
    final void replaceWire(WireChange change) throws IOException {
        ByteBuffer left = unread == null ? NOTHING : unread.all();
        Wire next = change.over(presentWire(), left);
        unread = null;
        assign(next);
        next.interest(interest);
        next.attach(loop().multiplexer(), this);
        readHeldLater();
    }

    private Wire presentWire() {
        if (output == null || output.isEmpty()) {
            return wire();
        }
        countWritten(output.bytes());
        return new OutputFirstWire(wire(), output.takeBytes());
    }

    final void updateInterest() {
        byte before = interest;
        if (before == UNATTACHED || before == Wire.CONNECT) {
            return;
        }
        int wanted = wantedOps();
        if (wanted != before) {
            interest = (byte) wanted;
            wire().interest(wanted);
            readHeldLater();
        }
    }

    private int wantedOps() {
        return (wantsInput() ? Wire.READ : 0) | (hasPending() ? Wire.WRITE : 0);
    }

    /** Ends the connection with RST, whatever is pending. */
    final void abort(Kind kind) {
        resets = true;
        end(CloseReason.of(kind));
    }

    /** Whether closing the wire sends RST, so that the peer knows that something is missing. */
    final void resetIf(boolean somethingIsMissing) {
        resets = somethingIsMissing;
    }

    /** The peer sees the end when this turn has ended. */
    final void closeWire() {
        Wire closing = wireOrNull();
        if (closing == null) {
            return;
        }
        if (resets) {
            closing.reset();
        } else {
            closing.closeSoon();
        }
    }

    final long bytesIn() {
        return bytesIn;
    }

    final long bytesOut() {
        return bytesOut;
    }

    final long pendingBytes() {
        Wire carrier = wireOrNull();
        return (output == null ? 0 : output.bytes()) + (carrier == null ? 0 : carrier.unsentBytes());
    }

    final long unreadBytes() {
        return unread == null ? 0 : unread.bytes();
    }

    @Override
    void clear() {
        super.clear();
        bytesIn = 0;
        bytesOut = 0;
        worker = null;
        output = null;
        unread = null;
        inputEnded = false;
        outputShut = false;
        readingPaused = false;
        presentsUnread = false;
        wantsNoDelay = false;
        resets = false;
        interest = UNATTACHED;
    }
}
