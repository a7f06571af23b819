package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The output of one connection: sent straight to its wire, or kept until the wire takes it. It stays where it is when the
 * protocol changes.
 *
 * <p>Owner: the worker.
 */
abstract class SendingStream extends PendingStream {
    /**
     * The most bytes of a first write that goes without TCP_NODELAY: they fit into one segment of the size that every host
     * takes (536 bytes, RFC 9293, 3.7.1), and a segment is not held back while no other is under way (3.7.4). So a
     * connection that answers once saves a system call.
     */
    public static final int UNDELAYED_BYTES = 512;

    private long bytesOut;
    private boolean outputShut;
    /** Reading waits until the output has fallen to the low mark. */
    private boolean pausedByOutput;
    /** TCP_NODELAY is to be set, before the first write that could be held back for want of it. */
    private boolean wantsNoDelay;

    SendingStream(int index) {
        super(index);
    }

    // What this layer asks of the layers above.

    abstract void tellOutputReady();

    /** Tells other threads how many bytes of output are pending, without those of files. */
    abstract void publishPending(long bytes);

    /** The protocol is not to write more, if the output with what other threads have written is above the high mark. */
    abstract void checkHighWater();

    /** Whether the protocol may write again, after it was not to, since all of that has fallen to the low mark. */
    abstract boolean becomesWritable();

    /** Closes the connection once all output is sent. */
    abstract void close(CloseReason why);

    /** The wire has failed. */
    abstract void broken(Exception e);

    /** Whether the protocol was told that the peer has ended. */
    abstract boolean isInputEndTold();

    /** Reading resumes: unread input perhaps need not wait for more bytes. */
    abstract void presentUnreadLater();

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
        write(data, null);
    }

    /** Writes a view of shared bytes, so that what the wire does not take needs no copy. */
    final void write(SharedBytes shared) {
        write(shared.view(), shared);
    }

    private void write(ByteBuffer data, @Nullable SharedBytes shared) {
        assertOwner();
        if (!isOpen() || outputShut) {
            data.position(data.limit());
            return;
        }
        if (!keepsOutput()) {
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
        if (isOpen()) {
            keepRemainder(data, shared);
        }
        data.position(data.limit()); // Of a connection that has ended meanwhile.
    }

    private void keepRemainder(ByteBuffer data, @Nullable SharedBytes shared) {
        try {
            if (shared != null) {
                keep(shared, data);
            } else {
                keep(data);
            }
        } catch (RuntimeException | Error e) { // Without the rest of it nothing that follows would make sense.
            lose(Doing.KEEPING_OUTPUT, e);
        }
    }

    /** Writes several buffers, as one. */
    final void write(ByteBuffer[] parts) {
        assertOwner();
        if (!isOpen() || outputShut) {
            Buffers.drop(parts);
            return;
        }
        Doing doing = Doing.WRITE;
        try {
            if (!keepsOutput()) {
                writeNow(parts);
            }
            doing = Doing.KEEPING_OUTPUT;
            for (ByteBuffer part : parts) {
                if (part.hasRemaining() && isOpen()) {
                    keep(part);
                }
            }
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException | Error e) {
            lose(doing, e);
        }
        Buffers.drop(parts); // Of a connection that has ended meanwhile.
    }

    /** Sends a part of a file behind what is pending, from the end of this turn on. */
    final void sendFile(OutputFile file) {
        assertOwner();
        if (!isOpen() || outputShut) {
            noteFileBytesLeft(file.remaining());
            file.release();
            checkLowWater();
            return;
        }
        boolean kept = false;
        try {
            kept = keep(file);
        } catch (RuntimeException | Error e) {
            lose(Doing.KEEPING_OUTPUT, e);
        }
        if (!kept) {
            file.release();
        }
    }

    private void writeNow(ByteBuffer data) throws IOException {
        beforeWriting(data.remaining());
        Wire to = wire();
        afterWriting(to, to.write(data));
    }

    private void writeNow(ByteBuffer[] parts) throws IOException {
        beforeWriting(Buffers.remaining(parts));
        Wire to = wire();
        afterWriting(to, to.write(parts, 0, parts.length));
    }

    private void beforeWriting(long bytes) {
        if (wantsNoDelay && (bytesOut > 0 || bytes > UNDELAYED_BYTES)) {
            setNoDelay();
        }
    }

    private void afterWriting(Wire to, long bytes) {
        countWritten(bytes);
        if (to.unsentBytes() != 0) {
            deferToTurnEnd();
            countWire();
            onPendingGrown();
        }
    }

    private void countWritten(long bytes) {
        noteActivity();
        bytesOut += bytes;
        counters().bytesOut.add(bytes);
    }

    @Override
    final void beforeKeeping() {
        if (wantsNoDelay) {
            setNoDelay(); // The remainder of a first write is a second write.
        }
    }

    final void publishPending() {
        publishPending(pendingBytes() - fileBytes());
    }

    @Override
    final void onPendingGrown() {
        long pending = pendingBytes();
        publishPending();
        EndpointSettings.Output limits = settings().output();
        if (pending - fileBytes() > limits.maxBytes()) {
            abort(Kind.SLOW_CONSUMER);
        } else {
            pausedByOutput |= pending > limits.highBytes() && limits.pauseReading();
            checkHighWater();
        }
        updateInterest();
    }

    /**
     * The wire takes output again. Files wait for the end of the turn, so that one turn does not read more than one
     * part.
     */
    final void onWritable() throws IOException {
        if (sendsFile()) {
            deferToTurnEnd();
        } else {
            flush();
        }
    }

    /** Sends what is pending, as far as the wire takes it. */
    final void flush() throws IOException {
        assertOwner();
        if (!hasPending()) {
            return;
        }
        Wire to = wire();
        if (to.flush() && keepsOutput()) {
            countWritten(sendKept(to));
        }
        countWire();
        publishPending();
        if (!hasPending()) {
            onOutputSent();
        }
        forgetSent();
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
        assertOwner();
        if (pendingBytes() <= settings().output().lowBytes() && becomesWritable()) {
            pausedByOutput = false;
            updateInterest();
            presentUnreadLater();
            if (isOpen()) {
                tellOutputReady();
            }
        }
    }

    /** No peer will take the pending output. */
    final void dropPending() {
        releaseBuffers();
        updateInterest();
    }

    final boolean isPausedByOutput() {
        return pausedByOutput;
    }

    final void shutdownOutput() {
        assertOwner();
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
        if (isInputEndTold()) {
            close(CloseReason.of(Kind.CLOSED_BY_PEER));
        }
    }

    final boolean isOutputShut() {
        return outputShut;
    }

    final long bytesOut() {
        return bytesOut;
    }

    /** The present wire; output that is pending leaves by it before anything that another wire sends over it. */
    final Wire presentWire() {
        if (!keepsOutput()) {
            return wire();
        }
        PendingOutput first = takeOutput();
        countWritten(first.bytes());
        return new OutputFirstWire(wire(), first);
    }

    @Override
    void clear() {
        super.clear();
        bytesOut = 0;
        outputShut = false;
        pausedByOutput = false;
        wantsNoDelay = false;
    }
}
