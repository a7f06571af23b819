package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.ScheduledCall;

/**
 * A pooled slot: the state machine of one connection after another.
 *
 * <pre>
 * FREE -> CONNECTING -> OPEN -> CLOSING -> LINGERING -> ENDING -> FREE
 *   pool     client only  | |    flushes     discards       |
 *                         | +---- abort, reset, ... --------+
 *                      SUSPENDED (no protocol: waits for the next one)
 * </pre>
 *
 * <p>No call of the user ends a connection on the spot: it changes the phase and asks for the worker's attention at the
 * end of the turn. There, outside every callback, {@link #finish} tells the protocol, once, and gives the slot back. So
 * callbacks are never re-entrant, and a connection ends in one place. There, too, a protocol is suspended and the next
 * one resumed, unless its peer speaks earlier: what belongs to the connection (channel, pending output, unread input, pauses) stays where it is.
 *
 * <p>Owner: the acceptor while the slot is free, the worker while it is leased. It passes with a mail to the worker, and
 * back with a token; {@link #released} is written last by the worker, so a token that the worker has not sent opens
 * nothing.
 */
final class Connection implements Multiplexer.ReadyHandler, TimerGroup.Runner {
    /** How long connecting to a server may take. */
    static final long CONNECT_TIMEOUT_MILLIS = 30_000;
    /** How long a closing connection may make no progress with its pending output. */
    static final long FLUSH_STALL_MILLIS = 60_000;
    /** How long a closed connection discards what the peer still sends before it is closed for good. */
    static final long LINGER_MILLIS = 1_000;

    /** How long after its last byte a connection is taken to be talking. */
    static final long TALKING_MILLIS = 250;
    /** How long suspend and resume may take at least, however short the drain time is. */
    static final long MIN_HAND_OVER_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.connection");
    private static final int WRITE_SLICE_BYTES = 1 << 17;
    private static final int UNREGISTERED = -1;

    private enum Phase {
        FREE,
        CONNECTING,
        OPEN,
        SUSPENDED,
        CLOSING,
        LINGERING,
        ENDING
    }

    final int index;

    // Owner: the acceptor.
    private int generation;
    private int workerIndex;
    private boolean leased;

    // Owner: whoever has the slot.
    private long id;
    private @Nullable SocketChannel channel;
    private @Nullable FactoryBinding binding;
    private @Nullable ConnectAttempt attempt;

    // Owner: the worker.
    private Phase phase = Phase.FREE;
    private boolean readingPaused;
    private boolean aboveHighWater;
    private boolean waterPaused;
    private boolean inputEnded;
    private boolean outputShut;
    private boolean reset;
    private boolean attended;
    private boolean attending;
    private boolean presentsUnread;
    /** What the channel is waited for, or {@link #UNREGISTERED}. */
    private int interest = UNREGISTERED;

    private int handOvers;
    private long bornNanos;
    private long lastActivityNanos;
    private long bytesIn;
    private long bytesOut;
    private @Nullable Worker worker;
    private @Nullable LeasedTransport transport;
    private @Nullable Protocol protocol;
    private @Nullable PendingOutput output;
    private @Nullable UnreadInput unread;
    private @Nullable TimerGroup timers;
    private @Nullable Timer limitTimer;
    private @Nullable CloseReason reason;
    private @Nullable Drain drain;
    private @Nullable HandOver handOver;

    @Nullable
    Connection previous;

    @Nullable
    Connection next;

    /** The generation that its worker has released; written last by the worker, read by the acceptor. */
    private volatile int released;

    Connection(int index) {
        this.index = index;
    }

    // The lease: on the acceptor.

    void lease(int leaseGeneration) {
        generation = leaseGeneration;
    }

    void assign(long connectionId, FactoryBinding to, int toWorker) {
        id = connectionId;
        binding = to;
        leased = true;
        workerIndex = toWorker;
    }

    void assign(SocketChannel accepted) {
        channel = accepted;
    }

    void assign(ConnectAttempt connecting) {
        attempt = connecting;
    }

    int generation() {
        return generation;
    }

    int workerIndex() {
        return workerIndex;
    }

    boolean isReleased(int tokenGeneration) {
        return generation == tokenGeneration && released == tokenGeneration && leased;
    }

    /** Also of a lease that no worker has taken over. */
    void endLease() {
        leased = false;
        channel = null;
        binding = null;
        attempt = null;
        released = 0;
    }

    // From here on: on the worker.

    /** Takes the slot over: opens the accepted channel, or begins to connect. */
    void onAdopt(Worker adopter) {
        worker = adopter;
        bornNanos = adopter.loop().nowNanos();
        lastActivityNanos = bornNanos;
        if (attempt == null) {
            open();
        } else {
            connect(attempt);
        }
    }

    EndpointSettings settings() {
        return required(binding).settings();
    }

    @Nullable
    FactoryBinding binding() {
        return binding;
    }

    @Nullable
    Drain drain() {
        return drain;
    }

    private void connect(ConnectAttempt connecting) {
        phase = Phase.CONNECTING;
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            if (opened.connect(connecting.remote())) {
                connected();
            } else {
                register(SelectionKey.OP_CONNECT);
                watchLimit();
            }
        } catch (IOException | RuntimeException e) { // Runtime: an unresolved or unsupported address.
            IOException cause =
                    e instanceof IOException io ? io : new IOException("cannot connect to " + connecting.remote(), e);
            end(new CloseReason(Kind.IO_ERROR, cause));
        }
    }

    private void connected() throws IOException {
        SocketChannel opened = required(channel);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, settings().tcpNoDelay());
        lastActivityNanos = worker().loop().nowNanos();
        if (required(attempt).isDone()) {
            end(CloseReason.of(Kind.REFUSED));
        } else {
            open();
        }
    }

    private void open() {
        phase = Phase.OPEN;
        try {
            SocketChannel opened = required(channel);
            ConnectedPeer peer = new ConnectedPeer(opened.getRemoteAddress(), opened.getLocalAddress());
            LeasedTransport leased = new LeasedTransport(id, peer, required(binding), worker().loop(), this);
            transport = leased;
            if (build(peer)) {
                required(protocol).makeConnection(leased);
                tellConnectionMade();
            }
            if (phase != Phase.ENDING) {
                register(wantedOps());
                watchLimit();
            }
        } catch (IOException | RuntimeException e) {
            broken(e);
        }
    }

    /** Asks the factory for a protocol. Without one the connection is refused. */
    private boolean build(Peer peer) {
        FactoryBinding from = required(binding);
        try {
            protocol = attempt == null
                    ? from.newProtocol(worker().index(), peer)
                    : attempt.factory().buildProtocol(peer);
            if (protocol != null) {
                return true;
            }
            LOG.debug("connection {} from {}: refused by the factory of {}", id, peer.remote(), from);
            refuse(CloseReason.of(Kind.REFUSED));
        } catch (Throwable e) {
            threw("the factory", e);
            refuse(new CloseReason(Kind.REFUSED, e));
            countFailure();
        }
        return false;
    }

    private void refuse(CloseReason why) {
        share().refused.increment();
        beginClose(why);
    }

    private void tellConnectionMade() {
        try {
            required(protocol).connectionMade();
        } catch (Throwable e) {
            failed("connectionMade", e);
            if (attempt != null) {
                attempt.fail(e);
            }
        }
        if (attempt != null) {
            attempt.succeed(required(protocol));
        }
    }

    @Override
    public void onReady(int readyOps) {
        try {
            if (phase == Phase.CONNECTING) {
                if (required(channel).finishConnect()) {
                    connected();
                }
                return;
            }
            if ((readyOps & SelectionKey.OP_WRITE) != 0) {
                flush();
            }
            if ((readyOps & SelectionKey.OP_READ) != 0) {
                if (phase == Phase.SUSPENDED && handOver != null) {
                    handOver(handOver); // A peer that speaks does not wait for the turn of its connection.
                }
                read();
                if (phase == Phase.SUSPENDED) {
                    updateInterest();
                }
            }
        } catch (IOException e) {
            broken(e);
        }
        if (drain != null) {
            attend();
        }
    }

    // Input.

    /** Reads once. Returns whether there was something. */
    private boolean read() throws IOException {
        if (phase == Phase.ENDING || phase == Phase.SUSPENDED || phase == Phase.FREE || inputEnded) {
            return false;
        }
        ByteBuffer buffer = worker().readBuffer();
        int count = required(channel).read(buffer);
        if (count < 0) {
            onInputEnded();
            return false;
        }
        if (count > 0 && phase == Phase.OPEN) {
            lastActivityNanos = worker().loop().nowNanos();
            bytesIn += count;
            share().bytesIn.add(count);
            buffer.flip();
            present(unread == null ? buffer : unread.with(buffer));
        }
        return count > 0;
    }

    private void present(ByteBuffer data) {
        try {
            required(protocol).dataReceived(data);
        } catch (Throwable e) {
            failed("dataReceived", e);
        }
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
            attend();
        } else if (settings().halfClose() && !outputShut) {
            try {
                required(protocol).inputClosed();
            } catch (Throwable e) {
                failed("inputClosed", e);
            }
        } else {
            beginClose(CloseReason.of(Kind.CLOSED_BY_PEER));
        }
        updateInterest();
    }

    void pauseReading() {
        readingPaused = true;
        updateInterest();
    }

    void resumeReading() {
        if (!readingPaused) {
            return;
        }
        readingPaused = false;
        updateInterest();
        presentUnreadLater();
        if (drain != null) {
            attend(); // It may have been all that the drain waited for.
        }
    }

    /** Reading goes on: what the protocol left unread may not have to wait for more. */
    private void presentUnreadLater() {
        if (unread != null) {
            presentsUnread = true;
            attend();
        }
    }

    // Output.

    void write(ByteBuffer data) {
        if (phase != Phase.OPEN || outputShut) {
            data.position(data.limit());
            return;
        }
        PendingOutput pending = output;
        if (pending == null) {
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
            pending = new PendingOutput();
            output = pending;
        }
        pending.add(data);
        outputGrew(pending.bytes());
    }

    /** Writes straight to the socket. A heap buffer goes in slices: the JDK copies each into memory that it keeps. */
    private void writeNow(ByteBuffer data) throws IOException {
        SocketChannel to = required(channel);
        int before = data.remaining();
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
        lastActivityNanos = worker().loop().nowNanos();
        bytesOut += bytes;
        share().bytesOut.add(bytes);
    }

    private void outputGrew(long pendingBytes) {
        required(transport).publishPending(pendingBytes);
        EndpointSettings limits = settings();
        if (pendingBytes > limits.outputMaxBytes()) {
            abort(Kind.SLOW_CONSUMER);
        } else if (pendingBytes > limits.outputHighBytes() && !aboveHighWater) {
            aboveHighWater = true;
            waterPaused = limits.outputPauseReading();
        }
        updateInterest();
    }

    private void flush() throws IOException {
        PendingOutput pending = output;
        if (pending == null || phase == Phase.ENDING) {
            return;
        }
        long written = pending.flush(required(channel));
        if (written > 0) {
            countWritten(written);
            publishPending();
        }
        if (pending.bytes() == 0) {
            output = null;
            onOutputSent();
        }
        if (phase != Phase.SUSPENDED) {
            lookAtLowWater();
        }
        updateInterest();
    }

    private void publishPending() {
        if (transport != null) {
            transport.publishPending(output == null ? 0 : output.bytes());
        }
    }

    private void lookAtLowWater() {
        if (aboveHighWater && (output == null || output.bytes() <= settings().outputLowBytes())) {
            aboveHighWater = false;
            waterPaused = false;
            presentUnreadLater();
            tellOutputReady();
        }
    }

    private void onOutputSent() throws IOException {
        if (phase == Phase.CLOSING) {
            attend();
        } else if (outputShut) {
            shutdownChannel();
        }
    }

    private void tellOutputReady() {
        if (phase != Phase.OPEN) {
            return;
        }
        try {
            required(protocol).outputReady();
        } catch (Throwable e) {
            failed("outputReady", e);
        }
    }

    void shutdownOutput() {
        if (phase != Phase.OPEN || outputShut) {
            return;
        }
        outputShut = true;
        if (output == null) {
            try {
                shutdownChannel();
            } catch (IOException e) {
                broken(e);
            }
        }
    }

    private void shutdownChannel() throws IOException {
        required(channel).shutdownOutput();
        if (inputEnded) {
            beginClose(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        }
    }

    // Timers and tasks.

    ScheduledCall callLater(long delayNanos, Runnable call) {
        EventLoop loop = worker().loop();
        Timer timer = loop.newTimer(timers(), delayNanos, call);
        loop.timers().add(timer);
        return timer;
    }

    void join(Timer timer) {
        timer.join(timers());
    }

    @Override
    public void runTimer(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            failed("a timer", e);
        }
    }

    void runTask(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed("a task", e);
        }
    }

    private TimerGroup timers() {
        TimerGroup group = timers;
        if (group == null) {
            group = new TimerGroup(this, required(transport), worker().loop().timers());
            timers = group;
        }
        return group;
    }

    /** Looks again at the time limit of this phase; one timer serves them all. Also after settings have changed. */
    void watchLimit() {
        Timer current = limitTimer;
        if (current != null) {
            current.cancel();
            limitTimer = null;
        }
        long limitMillis = limitMillis();
        if (limitMillis == 0) {
            return;
        }
        EventLoop loop = worker().loop();
        long idleNanos = loop.nowNanos() - lastActivityNanos;
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        if (idleNanos >= limitNanos) {
            onLimit();
        } else {
            limitTimer = loop.schedule(limitNanos - idleNanos, this::watchLimit);
        }
    }

    private long limitMillis() {
        return switch (phase) {
            case CONNECTING -> CONNECT_TIMEOUT_MILLIS;
            case OPEN -> settings().idleTimeoutMillis();
            case CLOSING -> FLUSH_STALL_MILLIS;
            case LINGERING -> LINGER_MILLIS;
            case SUSPENDED, ENDING, FREE -> 0;
        };
    }

    private void onLimit() {
        switch (phase) {
            case CONNECTING ->
                end(new CloseReason(
                        Kind.IO_ERROR, new IOException("no answer within " + CONNECT_TIMEOUT_MILLIS + " ms")));
            case OPEN -> {
                if (output == null) {
                    beginClose(CloseReason.of(Kind.IDLE_TIMEOUT));
                } else {
                    abort(Kind.IDLE_TIMEOUT);
                }
            }
            case CLOSING -> abort(Kind.SLOW_CONSUMER);
            case LINGERING -> end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
            case SUSPENDED, ENDING, FREE -> {}
        }
    }

    /** How it stands. */
    ConnectionView view() {
        long now = worker().loop().nowNanos();
        LeasedTransport live = transport;
        Peer peer = live != null ? live.peer() : handOver == null ? null : handOver.peerOrNull();
        return new ConnectionView(
                id,
                required(binding),
                switch (phase) {
                    case CONNECTING -> ConnectionView.State.CONNECTING;
                    case OPEN -> ConnectionView.State.OPEN;
                    case SUSPENDED -> ConnectionView.State.SUSPENDED;
                    case CLOSING, LINGERING, ENDING, FREE -> ConnectionView.State.CLOSING;
                },
                peer,
                worker().loop().name(),
                TimeUnit.NANOSECONDS.toMillis(now - bornNanos),
                TimeUnit.NANOSECONDS.toMillis(now - lastActivityNanos),
                bytesIn,
                bytesOut,
                output == null ? 0 : output.bytes(),
                unread == null ? 0 : unread.bytes(),
                readingPaused,
                handOvers);
    }

    long id() {
        return id;
    }

    // The hand-over, at the end of a turn.

    /** Whether its protocol can be suspended. */
    boolean isResumable() {
        return phase == Phase.OPEN && protocol instanceof Resumable && attempt == null;
    }

    /** Where it is about to go, or null. */
    @Nullable
    FactoryBinding heir() {
        return handOver == null ? null : handOver.heir();
    }

    /** Goes to another binding. It is {@link #isResumable} now, or suspended already. */
    void handOverTo(FactoryBinding heir) {
        if (handOver == null) {
            handOver = new HandOver(heir);
        } else {
            handOver.redirect(heir);
        }
        attend();
    }

    /** The binding it was about to go to has gone itself. */
    void redirect(@Nullable FactoryBinding heir, Kind kind) {
        if (phase == Phase.SUSPENDED) {
            if (heir == null) {
                giveUp(kind);
            } else {
                handOverTo(heir);
            }
        } else if (heir == null || heir == binding) {
            handOver = null;
            if (drain != null) {
                drain.onStays(this);
            }
        } else {
            handOverTo(heir);
        }
    }

    /** Suspended, and no factory will come: it ends, and there is nobody to be told. */
    void giveUp(Kind kind) {
        if (phase == Phase.SUSPENDED) {
            phase = Phase.ENDING;
            reason = CloseReason.of(kind);
            reset = output != null;
            attend();
        }
    }

    private void handOver(HandOver over) {
        if (phase == Phase.OPEN && required(binding) != over.heir()) {
            suspend(over);
        }
        if (phase == Phase.SUSPENDED && over.heir().hasFactory()) {
            resume(over);
        } else if (phase != Phase.SUSPENDED) {
            handOver = null;
        }
    }

    /** Takes the protocol's state, and lets go of everything that is the old bundle's. */
    private void suspend(HandOver over) {
        LeasedTransport leased = required(transport);
        leased.run(); // What other threads have asked for comes first.
        if (!callsInTime("suspend", () -> over.keep(((Resumable) required(protocol)).suspend()))) {
            return;
        }
        closeTimers();
        timers = null;
        limitTimer = null;
        leased.retire();
        if (phase != Phase.OPEN) {
            return; // Another thread has closed it meanwhile, or has written more than the output may hold.
        }
        phase = Phase.SUSPENDED;
        transport = null;
        protocol = null;
        over.peer(leased.peer());
        moveTo(over.heir());
        leaveDrain();
    }

    /** Counts for another binding from now on. */
    private void moveTo(FactoryBinding to) {
        share().left.increment();
        share().suspended.increment();
        binding = to;
        share().joined.increment();
    }

    /** The factory of its new binding builds a protocol, which goes on from the state. */
    private void resume(HandOver over) {
        if (binding != over.heir()) {
            moveTo(over.heir());
        }
        handOver = null;
        handOvers++;
        phase = Phase.OPEN;
        lastActivityNanos = worker().loop().nowNanos();
        Peer peer = over.peer();
        transport = new LeasedTransport(id, peer, required(binding), worker().loop(), this);
        publishPending();
        if (build(peer) && isResumed(over)) {
            goOn();
        }
        watchLimit();
        updateInterest();
    }

    private boolean isResumed(HandOver over) {
        Protocol next = required(protocol);
        if (!(next instanceof Resumable resumable)) {
            LOG.warn(
                    "connection {}: {} of {} is not Resumable and cannot go on with it",
                    id,
                    next.getClass().getName(),
                    binding);
            protocol = null; // It has never had the connection.
            refuse(CloseReason.of(Kind.SERVICE_GONE));
            return false;
        }
        next.makeConnection(required(transport));
        return callsInTime("resume", () -> resumable.resume(over.state()));
    }

    /** What has happened meanwhile is told now. */
    private void goOn() {
        if (reason != null) {
            CloseReason why = reason;
            reason = null;
            end(why);
        } else if (inputEnded && outputShut && output == null) {
            beginClose(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        } else {
            lookAtLowWater();
            presentUnreadLater();
        }
    }

    /** Broken while nobody serves it: the next protocol is told. */
    private void keepForTheNext(CloseReason why) {
        if (reason == null) {
            reason = why;
        }
        output = null;
        updateInterest();
    }

    /** Closing, with output that the peer has not taken: told now, the engine sends the rest by itself. */
    private void releaseProtocol() {
        closeTimers();
        timers = null;
        limitTimer = null;
        required(transport).die();
        CloseReason why = required(reason);
        tellConnectionLost(why);
        protocol = null;
        reason = CloseReason.of(why.kind()); // An exception keeps the classes that threw it.
        watchLimit();
        leaveDrain();
    }

    /** Returns whether the connection is still open; a call that throws or takes too long loses it. */
    private boolean callsInTime(String callback, Callback call) {
        if (phase != Phase.OPEN) {
            return false;
        }
        Clock clock = worker().loop().clock();
        long limitMillis = Math.max(MIN_HAND_OVER_MILLIS, settings().drainTimeoutMillis());
        long began = clock.nanoTime();
        try {
            call.run();
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - began);
            if (tookMillis > limitMillis) {
                throw new TimeoutException(callback + " took " + tookMillis + " ms, more than " + limitMillis);
            }
        } catch (Throwable e) {
            failed(callback, e);
        }
        return phase == Phase.OPEN;
    }

    private interface Callback {
        void run() throws Exception;
    }

    // Endings. The first reason counts.

    void close() {
        beginClose(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
    }

    /** An operator wants it closed. */
    void closeByOperator() {
        giveUp(Kind.SERVICE_GONE);
        beginClose(CloseReason.of(Kind.SERVICE_GONE));
        if (phase == Phase.CONNECTING) {
            end(CloseReason.of(Kind.SERVICE_GONE));
        }
    }

    void abort(Kind kind) {
        reset = true;
        end(CloseReason.of(kind));
    }

    /** Begins to drain for a factory, or an engine, that goes. */
    void startDrain(Drain started) {
        drain = started;
        attend();
    }

    /** The time for draining is over. */
    void endDrain(Drain ended) {
        reset = output != null || unread != null;
        end(CloseReason.of(ended.kind()));
    }

    /** The loop ends, and the connection with it. */
    void stop() {
        giveUp(Kind.ENGINE_STOPPED);
        end(CloseReason.of(Kind.ENGINE_STOPPED));
        onAttention();
    }

    private void beginClose(CloseReason why) {
        if (phase != Phase.OPEN) {
            return;
        }
        phase = Phase.CLOSING;
        reason = why;
        required(transport).markClosing();
        lastActivityNanos = worker().loop().nowNanos();
        watchLimit();
        updateInterest();
        attend();
    }

    private void end(CloseReason why) {
        if (phase == Phase.ENDING || phase == Phase.FREE) {
            return;
        }
        if (phase == Phase.SUSPENDED) {
            keepForTheNext(why);
            return;
        }
        phase = Phase.ENDING;
        if (reason == null) {
            reason = why;
        }
        if (transport != null) {
            transport.markClosing();
        }
        attend();
    }

    private void failed(String callback, Throwable e) {
        threw(callback, e);
        if (phase == Phase.OPEN) {
            countFailure();
        }
        beginClose(new CloseReason(Kind.PROTOCOL_ERROR, e));
    }

    private void countFailure() {
        share().failed.increment();
        required(binding).failures.noteFailure();
    }

    private void broken(Exception e) {
        String message = String.valueOf(e.getMessage());
        boolean byPeer = message.contains("reset") || message.contains("Broken pipe");
        end(new CloseReason(byPeer ? Kind.RESET : Kind.IO_ERROR, e));
    }

    private void attend() {
        if (!attended) {
            attended = true;
            if (!attending) {
                worker().attend(this);
            }
        }
    }

    /** What was put off until no callback is on the stack. At the end of the turn. */
    void onAttention() {
        attended = false;
        attending = true;
        try {
            if (phase == Phase.CLOSING && output == null) {
                closeOrLinger();
            } else if (phase == Phase.LINGERING && inputEnded) {
                end(CloseReason.of(Kind.CLOSED_BY_PEER));
            } else if (phase == Phase.OPEN && presentsUnread && handOver == null) {
                presentUnreadAgain();
            }
            if (handOver != null) {
                handOver(handOver);
            }
            if (drain != null && phase != Phase.ENDING) {
                drain(drain);
            }
        } catch (IOException e) {
            broken(e);
        } finally {
            attending = false;
        }
        if (phase == Phase.ENDING) {
            attended = false; // The worker must have no mark of a slot that it does not own any more.
            finish();
        } else if (attended) {
            worker().attend(this);
        }
    }

    private void presentUnreadAgain() {
        presentsUnread = false;
        if (unread != null && !readingPaused && !waterPaused) {
            present(unread.all());
        }
    }

    /**
     * All output is sent. Closing a socket with unread input sends RST, which may destroy output that the peer has not
     * read yet (RFC 9112, 9.6). So if the peer is still sending, only output is shut, and input discarded for a while.
     */
    private void closeOrLinger() throws IOException {
        if (!inputEnded && read() && !inputEnded) {
            phase = Phase.LINGERING;
            lastActivityNanos = worker().loop().nowNanos();
            required(channel).shutdownOutput();
            watchLimit();
            updateInterest();
        } else {
            end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        }
    }

    /** Drained is who has sent all output and read all input, and has not paused reading to work on something. */
    private void drain(Drain draining) throws IOException {
        if (phase == Phase.CONNECTING) {
            end(CloseReason.of(draining.kind()));
        } else if (phase == Phase.SUSPENDED) {
            giveUp(draining.kind());
        } else if ((phase == Phase.CLOSING || phase == Phase.LINGERING) && draining.releasesClosing()) {
            releaseProtocol();
        } else if (phase == Phase.OPEN && output == null && !readingPaused) {
            if (read()) {
                attend(); // What has come in is served first.
            } else if (unread == null) {
                beginClose(CloseReason.of(draining.kind()));
            }
        }
    }

    /** Tells the protocol, lets go of everything and gives the slot back. */
    private void finish() {
        Worker owner = worker();
        FactoryBinding from = required(binding);
        CloseReason why = required(reason);
        LOG.debug("connection {} of {} ended: {}", id, from, why);
        closeTimers();
        if (transport != null) {
            transport.die();
        }
        closeChannel();
        tellConnectionLost(why);
        if (attempt != null) {
            attempt.fail(whyNotConnected(why)); // Nothing happens when it had succeeded.
        }
        share().left.increment();
        leaveDrain();
        clear();
        owner.remove(this);
        int releasedGeneration = generation;
        released = releasedGeneration; // From here on the slot is the acceptor's.
        owner.giveBack(index, releasedGeneration);
    }

    private void leaveDrain() {
        Drain left = drain;
        drain = null;
        if (left != null) {
            left.onConnectionLeft(worker().index());
        }
    }

    private static Throwable whyNotConnected(CloseReason why) {
        if (why.kind() == Kind.REFUSED) {
            return new IOException("the factory gave no protocol");
        }
        Throwable cause = why.cause();
        return cause != null ? cause : new IOException("the reactor is closing: " + why.kind());
    }

    private void closeTimers() {
        if (timers != null) {
            timers.cancelAll();
        }
        if (limitTimer != null) {
            limitTimer.cancel();
        }
    }

    private void closeChannel() {
        SocketChannel closing = channel;
        if (closing == null) {
            return;
        }
        try {
            if (reset) {
                closing.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            LOG.debug("connection {}: no RST could be asked for", id, e);
        }
        try {
            closing.close();
        } catch (IOException e) {
            LOG.debug("connection {}: closing its channel failed", id, e);
        }
    }

    private void tellConnectionLost(CloseReason why) {
        Protocol told = protocol;
        if (told == null) {
            return;
        }
        try {
            told.connectionLost(why);
            if (why.kind() != Kind.PROTOCOL_ERROR && attempt == null) {
                share().pool.giveBack(told);
            }
        } catch (Throwable e) {
            threw("connectionLost", e);
        }
    }

    private void threw(String callback, Throwable e) {
        share().errors.increment();
        CallbackLog.threw(LOG, "connection " + id + " of " + binding + ": " + callback, e);
    }

    private void clear() {
        phase = Phase.FREE;
        readingPaused = false;
        aboveHighWater = false;
        waterPaused = false;
        inputEnded = false;
        outputShut = false;
        reset = false;
        presentsUnread = false;
        interest = UNREGISTERED;
        channel = null;
        binding = null;
        attempt = null;
        worker = null;
        transport = null;
        protocol = null;
        output = null;
        unread = null;
        timers = null;
        limitTimer = null;
        reason = null;
        drain = null;
        handOver = null;
        handOvers = 0;
        bytesIn = 0;
        bytesOut = 0;
    }

    /** Whether bytes went to and fro a short time ago, so that more may be expected soon. */
    boolean isTalking() {
        return worker().loop().nowNanos() - lastActivityNanos < TimeUnit.MILLISECONDS.toNanos(TALKING_MILLIS);
    }

    /**
     * Whether a suspended connection has input that waits for the next protocol. Suspending leaves the selector alone, which
     * saves two system calls for each connection that stays silent; the first input ends the interest in it.
     */
    boolean inputWaits() {
        return phase == Phase.SUSPENDED && !inputEnded && (interest & SelectionKey.OP_READ) == 0;
    }

    private int wantedOps() {
        boolean reads =
                !inputEnded && phase != Phase.SUSPENDED && (phase != Phase.OPEN || !(readingPaused || waterPaused));
        return (reads ? SelectionKey.OP_READ : 0) | (output != null ? SelectionKey.OP_WRITE : 0);
    }

    private void updateInterest() {
        int wanted = wantedOps();
        if (wanted != interest && interest != UNREGISTERED && phase != Phase.CONNECTING) {
            interest = wanted;
            worker().interest(required(channel), wanted);
        }
    }

    private void register(int ops) throws IOException {
        worker().register(required(channel), ops, this);
        interest = ops;
    }

    private FactoryBinding.Share share() {
        return required(binding).share(worker().index());
    }

    private Worker worker() {
        return required(worker);
    }

    /** A field that the present phase is sure to have. */
    private static <T> T required(@Nullable T field) {
        if (field == null) {
            throw new IllegalStateException("not in this phase");
        }
        return field;
    }

    @Override
    public String toString() {
        return "connection " + id + " in slot " + index + " " + phase;
    }
}
