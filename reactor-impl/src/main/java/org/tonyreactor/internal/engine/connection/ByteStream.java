package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The bytes of one connection, in both directions: the wire below is in {@link WireStream}, sending in
 * {@link SendingStream}, receiving here. All of it belongs to the connection, not to its protocol, and stays where it
 * is when the protocol changes.
 *
 * <p>Owner: the worker.
 */
public abstract class ByteStream extends SendingStream {
    /** Gives the wire that replaces the present one. */
    interface WireChange {
        /**
         * Makes the next wire, usually one over the present one.
         *
         * @param unread what was read and not used yet, for the next wire to begin with
         */
        Wire over(Wire present, ByteBuffer unread) throws IOException;
    }

    /** How often one event reads from a wire that holds more; what is left then is read in the next turn. */
    static final int READS_PER_EVENT = 16;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private long bytesIn;
    private @Nullable UnreadInput unread;
    /** The peer's FIN was read. */
    private boolean inputEnded;
    /** The protocol was told so. */
    private boolean inputEndTold;

    private boolean readingPaused;
    /** Unread input must be presented at the end of the turn: it was not presented yet, or reading has resumed. */
    private boolean presentsUnread;
    /** How many bytes the next presentation needs, or 0. */
    private int expectedBytes;

    ByteStream(int index) {
        super(index);
    }

    // What this layer asks of the layers above.

    abstract void tellDataReceived(ByteBuffer data);

    abstract void tellInputEnded(ByteBuffer rest);

    /** Whether input is left to the next protocol. */
    abstract boolean isReadByNext();

    /** Looks again at the time limit of this phase. Also after settings have changed. */
    abstract void watchLimit();

    // Input.

    /** Reads once, and on while the wire holds more. Returns whether there was something. */
    final boolean read() throws IOException {
        assertOwner();
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
            if (unread == null && count >= expectedBytes) {
                present(data); // The usual case.
            } else {
                collect(data);
            }
        }
        return true;
    }

    /** Puts new bytes behind what is unread, and presents it when as much is there as the protocol expects. */
    private void collect(ByteBuffer data) {
        UnreadInput kept = keepUnread(data);
        if (kept == null) {
            return;
        }
        if (kept.bytes() >= expectedBytes) {
            present(kept.all());
        } else {
            presentsUnread = true;
        }
        restIfMemoryIsShort();
    }

    /** Puts bytes behind what is unread. Returns null when the connection ends for want of memory. */
    private @Nullable UnreadInput keepUnread(ByteBuffer data) {
        UnreadInput kept = unread;
        if (kept == null) {
            kept = new UnreadInput(memory());
            unread = kept;
        }
        while (!kept.add(data)) { // Ends: room was made for what is missing, or the connection ends.
            if (!makesRoom(kept.missingBytes(data))) {
                return null;
            }
        }
        return kept;
    }

    private void forgetUnread() {
        UnreadInput forgotten = unread;
        unread = null;
        if (forgotten != null) {
            forgotten.release();
        }
    }

    private void restIfMemoryIsShort() {
        if (memory().isHigh()) {
            updateInterest();
        }
    }

    /** The next presentation needs so many bytes. */
    final void expect(int bytes) {
        assertOwner();
        if (bytes > settings().limits().inputMaxBytes()) {
            close(CloseReason.of(Kind.INPUT_OVERFLOW));
            return;
        }
        expectedBytes = bytes;
        if (unread != null) {
            deferToTurnEnd();
        }
    }

    /** The number of bytes that the last protocol has expected does not hold for the next one. */
    final void forgetExpected() {
        expectedBytes = 0;
    }

    @Override
    final boolean wantsInput() {
        Input becomes = input();
        return !inputEnded
                && becomes != Input.LEFT
                && (becomes != Input.PRESENTED || !(isHeldBack() || isHeldByMemory()));
    }

    /** Whether input waits until memory is let go: output is owed, or more is unread than its share. */
    private boolean isHeldByMemory() {
        return memory().isHigh() && (hasPending() || unreadMemoryBytes() > memory().inputShareBytes());
    }

    /** Goes on with what one event or callback has left to do in the wire. At the end of the turn. */
    final void serveWire() throws IOException {
        if (wire().unsentBytes() != 0 || sendsFile()) {
            flush();
        }
        if (holdsWantedInput()) {
            read();
        }
    }

    private void present(ByteBuffer data) {
        expectedBytes = 0;
        presentsUnread = false;
        tellDataReceived(data);
        if (unread == null && !data.hasRemaining()) {
            return; // The usual case.
        }
        if (!isOpen()) {
            forgetUnread();
        } else if (data.remaining() > settings().limits().inputMaxBytes()) {
            forgetUnread();
            close(CloseReason.of(Kind.INPUT_OVERFLOW));
        } else if (unread == null) {
            keepUnread(data);
            restIfMemoryIsShort();
        } else if (!unread.keep()) {
            forgetUnread();
        }
        if (expectedBytes != 0 && unread != null && unread.bytes() >= expectedBytes) {
            deferToTurnEnd();
        }
    }

    private void onInputEnded() {
        inputEnded = true;
        if (!isOpen()) {
            deferToTurnEnd();
        } else {
            tellInputEnd();
        }
        updateInterest();
    }

    /** Tells the protocol, once, that the peer has ended, when all input was presented and reading is not paused. */
    final void tellInputEnd() {
        if (!inputEnded || inputEndTold) {
            return;
        }
        expectedBytes = 0;
        presentUnreadAgain();
        if (!isOpen() || isHeldBack()) {
            return;
        }
        inputEndTold = true;
        noteActivity();
        UnreadInput last = unread;
        unread = null;
        tellInputEnded(last == null ? NOTHING : last.all());
        if (last != null) {
            last.release();
        }
        if (isOutputShut() && !hasPending()) {
            close(CloseReason.of(Kind.CLOSED_BY_PEER));
        }
        watchLimit();
    }

    /** Whether the peer's FIN was read. */
    final boolean hasInputEnded() {
        return inputEnded;
    }

    @Override
    final boolean isInputEndTold() {
        return inputEndTold;
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

    /** Whether reading is paused, by the protocol or by its output, or is another one's. */
    private boolean isHeldBack() {
        return readingPaused || isPausedByOutput() || isReadByNext();
    }

    final boolean isReadingPaused() {
        return readingPaused;
    }

    @Override
    final void presentUnreadLater() {
        assertOwner();
        presentsUnread = unread != null;
        if (presentsUnread || (inputEnded && !inputEndTold)) {
            deferToTurnEnd();
        }
    }

    /** Presents what is unread if that was asked for, or is as much as the protocol expects. At the end of the turn. */
    final void presentUnreadAgain() {
        UnreadInput kept = unread;
        if (kept == null) {
            presentsUnread = false;
        } else if ((presentsUnread || expectedBytes != 0) && kept.bytes() >= expectedBytes && !isHeldBack()) {
            present(kept.all());
        }
    }

    final boolean hasUnread() {
        return unread != null;
    }

    /** Whether input has come without interest in it. */
    final boolean leavesInput() {
        return !inputEnded && ignoresInput();
    }

    /**
     * Has another wire carry the bytes from now on; what was read and not used goes to it, what is pending leaves by the
     * present one first. Between two callbacks.
     */
    final void replaceWire(WireChange change) throws IOException {
        ByteBuffer left = unread == null ? NOTHING : unread.all();
        Wire next = change.over(presentWire(), left);
        forgetUnread();
        presentsUnread = false;
        carryBy(next);
        countWire();
    }

    final long bytesIn() {
        return bytesIn;
    }

    final long unreadBytes() {
        return unread == null ? 0 : unread.bytes();
    }

    /** What the unread input occupies. */
    final long unreadMemoryBytes() {
        return unread == null ? 0 : unread.memoryBytes();
    }

    @Override
    final void releaseBuffers() {
        super.releaseBuffers();
        forgetUnread();
    }

    @Override
    void clear() {
        super.clear();
        bytesIn = 0;
        inputEnded = false;
        inputEndTold = false;
        readingPaused = false;
        presentsUnread = false;
        expectedBytes = 0;
    }
}
