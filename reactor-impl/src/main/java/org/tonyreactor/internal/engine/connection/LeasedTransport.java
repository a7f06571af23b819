package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.StateChange.Reading;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.ScheduledCall;

/**
 * The user's handle for one lease of a slot. On the worker it calls the connection directly; a call from another thread
 * goes through the inbox; the handle itself is this {@link Inbox}. Once the lease has ended it references nothing of
 * the slot and does nothing.
 *
 * <p>Order across threads: while calls of other threads wait in the inbox, calls made on the worker queue up behind
 * them, so the first call takes effect first. A change of state that is made on the worker takes effect at once, and
 * once more behind the waiting calls.
 */
public final class LeasedTransport extends TransportState {
    /** How many writes of other threads may wait for the worker, whatever their size. */
    static final int WAITING_WRITES = 1 << 20;

    private final long id;
    private final Peer peer;
    private final FactoryBinding binding;

    /** The slot, while it is leased. Owner: the worker. */
    private @Nullable ServedStream connection;

    LeasedTransport(long id, Peer peer, FactoryBinding binding, EventLoop loop, ServedStream connection) {
        super(loop);
        this.id = id;
        this.peer = peer;
        this.binding = binding;
        this.connection = connection;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public String endpointName() {
        return binding.name();
    }

    @Override
    public void write(ByteBuffer data) {
        if (isSet(CLOSED) || !data.hasRemaining()) {
            data.position(data.limit());
        } else if (actsDirectly()) {
            live().write(data);
        } else {
            writeLater(ByteBuffer.allocate(data.remaining()).put(data).flip());
        }
    }

    @Override
    public void write(ByteBuffer... parts) {
        long bytes = Buffers.remaining(parts);
        if (bytes == 0 || isSet(CLOSED)) {
            Buffers.drop(parts);
        } else if (actsDirectly()) {
            live().write(parts);
        } else {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes));
            for (ByteBuffer part : parts) {
                all.put(part);
            }
            writeLater(all.flip());
        }
    }

    /** Sends shared bytes behind what waits. Worker only. */
    void write(SharedBytes shared) {
        if (isSet(CLOSED)) {
            return;
        }
        if (actsDirectly()) {
            live().write(shared);
        } else {
            writeLater(shared.view());
        }
    }

    @Override
    public void sendFile(FileChannel file, long position, long count) {
        OutputFile taken = OutputFile.of(file, position, count);
        if (count == 0 || isSet(CLOSED | OUTPUT_SHUT)) {
            taken.release();
            return;
        }
        addFileBytes(count);
        if (actsDirectly()) {
            live().sendFile(taken);
        } else if (push(new SendingFile(taken), 0, WAITING_WRITES, Long.MAX_VALUE)) {
            noteWritten();
        } else {
            taken.release();
            fail(fits(0, WAITING_WRITES, Long.MAX_VALUE) ? Kind.MEMORY : Kind.SLOW_CONSUMER);
        }
    }

    @Override
    public void close() {
        if (!set(CLOSED)) {
            return;
        }
        if (actsDirectly()) {
            live().close();
        } else {
            force((Harmless) () -> live().close());
        }
    }

    @Override
    public void abort() {
        if (isSet(LOST)) {
            return;
        }
        set(CLOSED);
        if (loop.inLoop() && connection != null) {
            connection.abort(Kind.ABORTED);
        } else {
            abortLater(Kind.ABORTED);
        }
    }

    private void abortLater(Kind kind) {
        if (set(ABORTED)) {
            if (kind == Kind.MEMORY) {
                loop.memory().budget().noteEnded();
            }
            force((Harmless) () -> live().abort(kind));
        }
    }

    @Override
    public void shutdownOutput() {
        if (isSet(CLOSED) || !set(OUTPUT_SHUT)) {
            return;
        }
        if (actsDirectly()) {
            live().shutdownOutput();
        } else {
            force((Harmless) () -> live().shutdownOutput());
        }
    }

    @Override
    public void pauseReading() {
        ServedStream mine = onWorker();
        if (mine != null) {
            mine.pauseReading();
        }
        if (mine == null || !nothingWaits()) {
            change(StateChange.reading(this, Reading.PAUSED));
        }
    }

    @Override
    public void resumeReading() {
        ServedStream mine = onWorker();
        if (mine != null) {
            mine.resumeReading();
        }
        if (mine == null || !nothingWaits()) {
            change(StateChange.reading(this, Reading.RESUMED));
        }
    }

    @Override
    public void expect(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, got " + bytes);
        }
        ServedStream mine = onWorker();
        if (mine != null) {
            mine.expect(bytes);
        } else {
            change(StateChange.expect(this, bytes));
        }
    }

    @Override
    public void setIdleTimeout(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, got " + timeout);
        }
        long millis = timeout == null ? StateChange.ENDPOINTS_IDLE : millisOf(timeout);
        ServedStream mine = onWorker();
        if (mine != null) {
            mine.idleTimeout(millis);
        }
        if (mine == null || !nothingWaits()) {
            change(StateChange.idleTimeout(this, millis));
        }
    }

    /** The slot; null when the lease has ended. Worker only. */
    @Nullable
    ServedStream connection() {
        loop.assertOwner();
        return connection;
    }

    /** Applies a change of state by another thread. Worker only. */
    void apply(StateChange change) {
        ServedStream mine = live();
        switch (change.reading()) {
            case PAUSED -> mine.pauseReading();
            case RESUMED -> mine.resumeReading();
            case UNCHANGED -> {}
        }
        if (change.expectedBytes() != StateChange.UNCHANGED) {
            mine.expect(change.expectedBytes());
        }
        if (change.idleMillis() != StateChange.UNCHANGED) {
            mine.idleTimeout(change.idleMillis());
        }
    }

    @Override
    public ScheduledCall callLater(Duration delay, Runnable call) {
        Objects.requireNonNull(call, "call");
        ServedStream mine = onWorker();
        if (mine != null) {
            return mine.callLater(nanosOf(delay), call);
        }
        Timer timer = loop.newTimer(nanosOf(delay), call);
        Droppable joining = new JoiningTimer(timer);
        if (!push(joining, 0, CAPACITY, Long.MAX_VALUE)) {
            joining.onDropped();
        }
        return timer;
    }

    @Override
    public boolean execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        return push(() -> live().runTask(task), 0, CAPACITY, Long.MAX_VALUE);
    }

    /** Ends the lease. Worker only. */
    void invalidate() {
        set(CLOSED | LOST);
        connection = null;
        seal();
    }

    /** Ends the lease of a connection that lives on: what was written and closed until now still counts. Worker only. */
    void invalidateAfterSuspend() {
        set(CLOSED | LOST);
        sealHarmlessly();
        connection = null;
    }

    /** A delay in nanoseconds, cut to what a long of nanoseconds can hold (292 years). */
    public static long nanosOf(Duration delay) {
        return TimeUnit.NANOSECONDS.convert(delay);
    }

    /** A time in milliseconds, rounded up. */
    private static long millisOf(Duration time) {
        long nanos = nanosOf(time);
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return TimeUnit.MILLISECONDS.toNanos(millis) == nanos ? millis : millis + 1;
    }

    /** The slot, when the caller is its worker and the lease has not ended. */
    private @Nullable ServedStream onWorker() {
        return loop.inLoop() ? connection : null;
    }

    private boolean actsDirectly() {
        return connection != null && loop.inLoop() && nothingWaits();
    }

    /** The slot. Called from the inbox, which is sealed before the slot is let go. */
    private ServedStream live() {
        return Objects.requireNonNull(connection, "the connection is lost");
    }

    private void writeLater(ByteBuffer copy) {
        Harmless write = () -> live().write(copy);
        long room = marks().output().maxBytes() - ownPendingBytes();
        if (push(write, copy.remaining(), WAITING_WRITES, room)) {
            noteWritten();
        } else {
            fail(fits(copy.remaining(), WAITING_WRITES, room) ? Kind.MEMORY : Kind.SLOW_CONSUMER);
        }
    }

    /** More waits for the worker than may, or than there is memory for: the connection ends, if it has not already. */
    private void fail(Kind kind) {
        if (!isSet(LOST)) {
            set(CLOSED);
            abortLater(kind);
        }
    }

    @Override
    EndpointSettings marks() {
        return binding.settings();
    }

    @Override
    void checkLowWater() {
        live().checkLowWater();
    }

    /** A file of another thread on its way to the worker. */
    private final class SendingFile implements Harmless, Droppable {
        private final OutputFile file;

        SendingFile(OutputFile file) {
            this.file = file;
        }

        @Override
        public void run() {
            live().sendFile(file);
        }

        @Override
        public void onDropped() {
            file.release();
        }
    }

    /** A timer of another thread on its way to the worker. */
    private final class JoiningTimer implements Droppable {
        private final Timer timer;

        JoiningTimer(Timer timer) {
            this.timer = timer;
        }

        @Override
        public void run() {
            live().join(timer);
        }

        @Override
        public void onDropped() {
            timer.cancel();
        }
    }

    @Override
    public String toString() {
        return "connection " + id + " of " + binding.name() + " from " + AddressText.of(peer.remoteAddress());
    }
}
