package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.ScheduledCall;
import org.tonyreactor.transport.Transport;

/**
 * The user's handle for one lease of a slot. On the worker it calls the connection directly; from another thread
 * it goes through the {@link Inbox} that the handle itself is. Once the lease has ended it references nothing of the slot
 * and does nothing.
 *
 * <p>Order across threads: while calls of other threads wait in the inbox, calls made on the worker queue up behind
 * them, so what was called first takes effect first.
 */
public final class LeasedTransport extends Inbox implements Transport {
    /** How many writes of other threads may wait for the worker, whatever their size. */
    static final int WAITING_WRITES = 1 << 20;

    private final long id;
    private final Peer peer;
    private final FactoryBinding binding;

    /** The slot, while it is leased. Owner: the worker. */
    private @Nullable ServedStream connection;

    private volatile boolean open = true;
    private volatile boolean lost;
    private volatile boolean inputEnded;
    private volatile long pendingBytes;

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
        if (!open || !data.hasRemaining()) {
            data.position(data.limit());
        } else if (actsDirectly()) {
            live().write(data);
        } else {
            writeLater(data);
        }
    }

    @Override
    public long pendingBytes() {
        return lost ? 0 : pendingBytes + waitingBytes();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        if (actsDirectly()) {
            live().close();
        } else {
            force((Harmless) () -> live().close());
        }
    }

    @Override
    public void abort() {
        if (lost) {
            return;
        }
        open = false;
        if (loop.inLoop() && connection != null) {
            connection.abort(CloseReason.Kind.ABORTED);
        } else {
            force((Harmless) () -> live().abort(CloseReason.Kind.ABORTED));
        }
    }

    @Override
    public void shutdownOutput() {
        requireLoop("shutdownOutput");
        if (actsDirectly()) {
            live().shutdownOutput();
        } else if (open) {
            force((Harmless) () -> live().shutdownOutput());
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isInputEnded() {
        return inputEnded;
    }

    @Override
    public void pauseReading() {
        requireLoop("pauseReading");
        if (connection != null) {
            connection.pauseReading();
        }
    }

    @Override
    public void resumeReading() {
        requireLoop("resumeReading");
        if (connection != null) {
            connection.resumeReading();
        }
    }

    @Override
    public ScheduledCall callLater(Duration delay, Runnable call) {
        Objects.requireNonNull(call, "call");
        ServedStream mine = loop.inLoop() ? connection : null;
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

    /** The connection is ending, though output may still be pending. Worker only. */
    void markClosing() {
        open = false;
    }

    /** The protocol is told, or the one before it was. Worker only. */
    void markInputEnded() {
        inputEnded = true;
    }

    /** Worker only. */
    void publishPending(long bytes) {
        pendingBytes = bytes;
    }

    /** Ends the lease. Worker only. */
    void invalidate() {
        open = false;
        lost = true;
        connection = null;
        seal();
    }

    /** Ends the lease of a connection that lives on: what was written and closed until now still counts. Worker only. */
    void invalidateAfterSuspend() {
        open = false;
        lost = true;
        sealHarmlessly();
        connection = null;
    }

    /** A delay in nanoseconds, cut to what a long of nanoseconds can hold (292 years). */
    public static long nanosOf(Duration delay) {
        return TimeUnit.NANOSECONDS.convert(delay);
    }

    private boolean actsDirectly() {
        return connection != null && loop.inLoop() && nothingWaits();
    }

    /** The slot. Called from the inbox, which is sealed before the slot is let go. */
    private ServedStream live() {
        return Objects.requireNonNull(connection, "the connection is lost");
    }

    private void writeLater(ByteBuffer data) {
        int bytes = data.remaining();
        long room = binding.settings().outputMaxBytes() - pendingBytes;
        ByteBuffer copy = ByteBuffer.allocate(bytes).put(data).flip();
        Harmless write = () -> live().write(copy);
        if (!push(write, bytes, WAITING_WRITES, room) && !lost) {
            open = false;
            force((Harmless) () -> live().abort(CloseReason.Kind.SLOW_CONSUMER));
        }
    }

    private void requireLoop(String method) {
        if (!loop.inLoop()) {
            throw new IllegalStateException(method + " is for the worker thread of connection " + id + " ("
                    + loop.name() + "), not for " + Thread.currentThread().getName() + "; use execute");
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
        return "connection " + id + " of " + binding.name() + " from " + peer.remoteAddress();
    }
}
