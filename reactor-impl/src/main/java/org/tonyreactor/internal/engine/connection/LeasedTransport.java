package org.tonyreactor.internal.engine.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.StateChange.Reading;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.ScheduledCall;
import org.tonyreactor.transport.Transport;

/**
 * The user's handle for one lease of a slot. On the worker it calls the connection directly; from another thread
 * it goes through the {@link Inbox} that the handle itself is. Once the lease has ended it references nothing of the slot
 * and does nothing.
 *
 * <p>Order across threads: while calls of other threads wait in the inbox, calls made on the worker queue up behind
 * them, so what was called first takes effect first. A change of state that is made on the worker takes effect at once, and
 * once more behind what waits.
 *
 * <p>Whether more may be written is a flag that any thread puts down and only the worker raises. Nobody is forgotten who has
 * seen it down: then output above the low mark is pending, whose flush looks at the flag again, or a call that does so is in
 * the inbox, behind the bytes it has to wait for.
 */
public final class LeasedTransport extends Inbox implements Transport {
    /** How many writes of other threads may wait for the worker, whatever their size. */
    static final int WAITING_WRITES = 1 << 20;

    private static final VarHandle FLAGS;

    static {
        try {
            FLAGS = MethodHandles.lookup().findVarHandle(LeasedTransport.class, "flags", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** It is not open any more, though output may still be pending. */
    private static final int CLOSED = 1;
    /** The lease has ended. */
    private static final int LOST = 1 << 1;
    /** The end with RST is under way. */
    private static final int ABORTED = 1 << 2;
    /** FIN is under way, behind the output. */
    private static final int OUTPUT_SHUT = 1 << 3;
    /** The protocol was told of the peer's FIN, or the one before it was. */
    private static final int INPUT_ENDED = 1 << 4;
    /** Output has passed the high mark, and is not told to have fallen to the low one. */
    private static final int UNWRITABLE = 1 << 5;

    private final long id;
    private final Peer peer;
    private final FactoryBinding binding;

    /** The slot, while it is leased. Owner: the worker. */
    private @Nullable ServedStream connection;

    /** As bits: an idle connection is kept small. */
    private volatile int flags;

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
        long bytes = SendingStream.remaining(parts);
        if (bytes == 0 || isSet(CLOSED)) {
            SendingStream.drop(parts);
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

    @Override
    public long pendingBytes() {
        return isSet(LOST) ? 0 : pendingBytes + waitingBytes();
    }

    @Override
    public boolean isWritable() {
        return !isSet(CLOSED | UNWRITABLE);
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
    public boolean isOpen() {
        return !isSet(CLOSED);
    }

    @Override
    public boolean isInputEnded() {
        return isSet(INPUT_ENDED);
    }

    @Override
    public void pauseReading() {
        ServedStream mine = onWorker();
        if (mine != null) {
            mine.pauseReading();
        }
        if (mine == null || !nothingWaits()) {
            change(new StateChange(this, Reading.PAUSED));
        }
    }

    @Override
    public void resumeReading() {
        ServedStream mine = onWorker();
        if (mine != null) {
            mine.resumeReading();
        }
        if (mine == null || !nothingWaits()) {
            change(new StateChange(this, Reading.RESUMED));
        }
    }

    /** What other threads want of the state. Worker only. */
    void apply(StateChange change) {
        ServedStream mine = live();
        switch (change.reading()) {
            case PAUSED -> mine.pauseReading();
            case RESUMED -> mine.resumeReading();
            case UNCHANGED -> {}
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

    /** The connection is ending, though output may still be pending. Worker only. */
    void markClosing() {
        set(CLOSED);
    }

    /** The protocol is told, or the one before it was. Worker only. */
    void markInputEnded() {
        set(INPUT_ENDED);
    }

    /** Worker only. */
    void publishPending(long bytes) {
        pendingBytes = bytes;
    }

    /** Worker only. */
    void checkHighWater() {
        if (allBytes() > binding.settings().outputHighBytes() && set(UNWRITABLE) && bytesToRun() != 0) {
            checkLater();
        }
    }

    /** The connection's own output is at the low mark: whether that of other threads is too, which ends a rise. Worker only. */
    boolean becomesWritable() {
        if (!isSet(UNWRITABLE)) {
            return false;
        }
        EndpointSettings marks = binding.settings();
        if (allBytes() > marks.outputLowBytes()) {
            checkLater();
            return false;
        }
        FLAGS.getAndBitwiseAnd(this, ~UNWRITABLE);
        if (allBytes()
                > marks.outputHighBytes()) { // Another thread has written meanwhile, and may not have set the flag.
            if (set(UNWRITABLE)) {
                checkLater();
            }
            return false;
        }
        return true;
    }

    /** The protocol before this one was not to write. Worker only. */
    void markUnwritable() {
        set(UNWRITABLE);
    }

    boolean isUnwritable() {
        return isSet(UNWRITABLE);
    }

    private void checkLater() {
        force(() -> live().checkLowWater());
    }

    private long allBytes() {
        return pendingBytes + bytesToRun();
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

    private boolean isSet(int anyOf) {
        return (flags & anyOf) != 0;
    }

    /** Returns whether none of them was set before. */
    private boolean set(int wanted) {
        return ((int) FLAGS.getAndBitwiseOr(this, wanted) & wanted) == 0;
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
        EndpointSettings limits = binding.settings();
        Harmless write = () -> live().write(copy);
        if (push(write, copy.remaining(), WAITING_WRITES, limits.outputMaxBytes() - pendingBytes)) {
            if (pendingBytes() > limits.outputHighBytes() && set(UNWRITABLE)) {
                checkLater();
            }
        } else if (!isSet(LOST)) {
            set(CLOSED);
            abortLater(Kind.SLOW_CONSUMER);
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
