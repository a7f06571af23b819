package org.tonyreactor.benchmarks.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.transport.CloseReason;

/** One connection's ledger. It also watches the engine: whatever it is told after it was suspended is reported. */
final class Ledger extends Protocol implements Resumable {
    /** Read from a resource that each bundle has another one of, so that it tells the class loader. */
    private static final int VERSION = version();

    private static final byte STATE_FORMAT = 1;
    private static final int STATE_BYTES = 27;
    private static final int FILLING_CHUNK_BYTES = 1 << 16;
    /** More than the high-water mark, so that the engine tells when there is room again. */
    private static final long PENDING_ENOUGH_BYTES = 512 << 10;

    private static final Duration PAUSE_AFTER_RESUME = Duration.ofMillis(10);
    private static final Duration NEVER = Duration.ofHours(1);

    private final BiConsumer<String, Long> witness;
    private final CRC32 scratch = new CRC32();
    private long answered;
    private int checksum;
    private int tickMillis;
    private int fillingBytes;
    private int fillingIndex;
    private boolean fillingOn;
    private boolean fillingHasStopped;
    private boolean paused;
    private boolean halfClosed;
    private int unreadBytes;
    private boolean suspended;

    Ledger(BiConsumer<String, Long> witness) {
        this.witness = witness;
    }

    @Override
    public void connectionMade() {
        tell("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) throws ProtocolException {
        complainWhenSuspended();
        while (!paused && !isFilling() && data.remaining() >= LedgerFrames.REQUEST_HEAD_BYTES) {
            int start = data.position();
            int bytes = data.getInt(start);
            if (bytes < LedgerFrames.REQUEST_HEAD_BYTES || bytes > LedgerFrames.REQUEST_MAX_BYTES) {
                throw new ProtocolException("a frame of " + bytes + " bytes");
            }
            if (data.remaining() < bytes) {
                break;
            }
            answer(data.slice(start, bytes));
            data.position(start + bytes);
        }
        unreadBytes = data.remaining();
    }

    @Override
    public void inputEnded(ByteBuffer rest) {
        complainWhenSuspended();
        halfClosed = true;
        if (tickMillis > 0) {
            tickLater();
        } else {
            closeConnection();
        }
    }

    @Override
    public void outputReady() {
        complainWhenSuspended();
        if (isFilling() && !fillingOn) {
            fillLater();
        }
    }

    @Override
    public void connectionLost(CloseReason reason) {
        complainWhenSuspended();
        tell("lost." + reason.kind());
        tell("lost");
    }

    @Override
    public ByteBuffer suspend() {
        complainWhenSuspended();
        tell("suspended");
        if (paused) {
            tell("suspended.paused");
        } else if (unreadBytes > 0) {
            tell("suspended.midframe");
        }
        if (transport().pendingBytes() > 0) {
            tell("suspended.pending");
        }
        if (halfClosed) {
            tell("suspended.halfclosed");
        }
        suspended = true;
        return ByteBuffer.allocate(STATE_BYTES)
                .put(STATE_FORMAT)
                .putLong(answered)
                .putInt(checksum)
                .putInt(tickMillis)
                .putInt(fillingBytes)
                .putInt(fillingIndex)
                .put((byte) (paused ? 1 : 0))
                .put((byte) (halfClosed ? 1 : 0))
                .flip();
    }

    @Override
    public void resume(ByteBuffer state) throws ProtocolException {
        byte format = state.get();
        if (format != STATE_FORMAT || state.remaining() != STATE_BYTES - 1) {
            throw new ProtocolException("a state of format " + format + " with " + state.remaining() + " bytes");
        }
        answered = state.getLong();
        checksum = state.getInt();
        tickMillis = state.getInt();
        fillingBytes = state.getInt();
        fillingIndex = state.getInt();
        paused = state.get() != 0;
        halfClosed = state.get() != 0;
        tell("resumed");
        if (paused) {
            callLater(PAUSE_AFTER_RESUME, this::readAgain);
        }
        if (halfClosed && tickMillis > 0) {
            tickLater();
        }
        if (isFilling()) {
            fillingHasStopped = true;
            fillLater();
        }
    }

    private void answer(ByteBuffer frame) {
        checksum = LedgerFrames.checksum(scratch, checksum, frame);
        byte verb = frame.get(Integer.BYTES);
        int argument = frame.getInt(Integer.BYTES + 1);
        switch (verb) {
            case LedgerFrames.FILL -> {
                reply(argument);
                beginFilling(argument);
            }
            case LedgerFrames.PAUSE -> {
                reply(0);
                pause();
            }
            case LedgerFrames.TICK -> {
                tickMillis = argument;
                reply(0);
            }
            default -> reply(0);
        }
    }

    private void reply(int fillingBytes) {
        answered++;
        write(ByteBuffer.allocate(LedgerFrames.REPLY_HEAD_BYTES)
                .putInt(VERSION)
                .putLong(answered)
                .putInt(checksum)
                .putInt(fillingBytes)
                .flip());
    }

    private boolean isFilling() {
        return fillingIndex < fillingBytes;
    }

    /** What follows in the input waits until the filling is written, be it by another version. */
    private void beginFilling(int bytes) {
        fillingBytes = bytes;
        fillingIndex = 0;
        fillingHasStopped = false;
        if (isFilling()) {
            transport().pauseReading();
            fillLater();
        }
    }

    private void fillLater() {
        fillingOn = true;
        callLater(Duration.ZERO, this::fill);
    }

    /** Writes a piece, and the next one in the next turn; stops when enough waits for the socket. */
    private void fill() {
        complainWhenSuspended();
        ByteBuffer piece = ByteBuffer.allocate(Math.min(FILLING_CHUNK_BYTES, fillingBytes - fillingIndex));
        while (piece.hasRemaining()) {
            piece.put(LedgerFrames.filling(answered, fillingIndex));
            fillingIndex++;
        }
        write(piece.flip());
        if (!isFilling()) {
            fillingOn = false;
            transport().resumeReading();
        } else if (transport().pendingBytes() > PENDING_ENOUGH_BYTES) {
            fillingOn = false;
            if (!fillingHasStopped) {
                fillingHasStopped = true;
                tell("stopped.filling");
            }
        } else {
            fillLater();
        }
    }

    private void pause() {
        paused = true;
        transport().pauseReading();
        // A timer of this version that the next one must never see run.
        callLater(NEVER, this::complainOfOldTimer);
    }

    private void readAgain() {
        complainWhenSuspended();
        paused = false;
        transport().resumeReading();
    }

    private void tickLater() {
        callLater(Duration.ofMillis(tickMillis), this::tick);
    }

    private void tick() {
        complainWhenSuspended();
        reply(0);
        tickLater();
    }

    private void complainOfOldTimer() {
        tell("wrong.timer");
    }

    private void complainWhenSuspended() {
        if (suspended) {
            tell("wrong.called.after.suspend");
        }
    }

    private void tell(String what) {
        witness.accept(what, transport().id());
    }

    private static int version() {
        try (InputStream version = Ledger.class.getResourceAsStream("version")) {
            if (version == null) {
                throw new IllegalStateException("no version: this class was not loaded from a packed bundle");
            }
            return Integer.parseInt(new String(version.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
