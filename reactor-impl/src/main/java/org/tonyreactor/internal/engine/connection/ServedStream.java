package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.CallbackLog;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.loop.TimerGroup;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.ScheduledCall;

/**
 * A byte stream and the protocol that serves it: everything that runs user code. An exception of such code loses
 * this connection and goes no further.
 *
 * <p>Owner: the worker.
 */
public abstract class ServedStream extends ByteStream implements TimerGroup.Runner {
    private @Nullable Protocol protocol;
    private @Nullable LeasedTransport transport;
    private @Nullable TimerGroup timers;
    /** The protocol before was not told that it may write again. */
    private boolean owesOutputReady;
    /** The first of the groups that it is in. */
    private @Nullable Membership memberships;

    ServedStream(int index) {
        super(index);
    }

    // What this layer asks of the layers above.

    /** The protocol does something by itself, which puts the end of a connection off whose peer has ended. */
    abstract void noteEvent();

    /** Takes another idle timeout than the endpoint's; see {@link StateChange#idleMillis}. */
    abstract void idleTimeout(long millis);

    // The protocol comes and goes.

    /** Makes the handle through which the next protocol will have the connection. */
    final void attachTransport(Peer peer) {
        LeasedTransport attached = new LeasedTransport(id(), peer, binding(), loop(), this);
        if (isInputEndTold()) {
            attached.set(TransportState.INPUT_ENDED);
        }
        if (owesOutputReady) {
            attached.set(TransportState.UNWRITABLE);
        }
        if (sendsFile()) {
            attached.addFileBytes(fileBytes());
        }
        transport = attached;
    }

    /** Asks the factory for a protocol. Without one the connection is refused. */
    final boolean build(Peer peer) {
        FactoryBinding from = binding();
        callsUser();
        try {
            protocol = origin().build(from, worker().index(), peer);
            if (protocol != null) {
                return true;
            }
            LOG.debug("connection {} of {}: refused by its factory", id(), from);
            refuse(CloseReason.of(Kind.REFUSED));
        } catch (Throwable e) {
            threw(Callback.FACTORY, e);
            refuse(reason(Kind.REFUSED, e));
            countFailure();
        }
        return false;
    }

    final void refuse(CloseReason why) {
        counters().refused.increment();
        close(why);
    }

    /** Whether the protocol can be suspended. */
    final boolean isResumable() {
        return isOpen() && protocol instanceof Resumable && origin().isAccepted();
    }

    final Protocol protocol() {
        return required(protocol);
    }

    final void forgetProtocol() {
        protocol = null;
    }

    final LeasedTransport transport() {
        return required(transport);
    }

    /** The addresses of the connection; null while no protocol has it. */
    final @Nullable Peer peer() {
        return transport == null ? null : transport.peer();
    }

    /** No protocol has the connection until the next one gets its own handle. */
    final void detachProtocol() {
        owesOutputReady = transport().isSet(TransportState.UNWRITABLE);
        forgetExpected();
        transport = null;
        protocol = null;
    }

    @Override
    final void publishPending(long bytes) {
        if (transport != null) {
            transport.publishPending(bytes);
        }
    }

    @Override
    final void noteFileBytesLeft(long bytes) {
        if (transport != null) {
            transport.addFileBytes(-bytes);
        }
    }

    @Override
    final void checkHighWater() {
        if (transport != null) {
            transport.checkHighWater();
        }
    }

    @Override
    final boolean becomesWritable() {
        return transport != null && transport.becomesWritable();
    }

    // Its groups.

    /** The first of its groups; the others follow it. */
    final @Nullable Membership memberships() {
        return memberships;
    }

    final @Nullable Membership membership(String group) {
        Membership each = memberships;
        while (each != null && !each.list().group.equals(group)) {
            each = each.nextOfMember;
        }
        return each;
    }

    final void link(Membership added) {
        added.nextOfMember = memberships;
        memberships = added;
    }

    final void unlink(Membership ended) {
        if (memberships == ended) {
            memberships = ended.nextOfMember;
        }
        for (Membership each = memberships; each != null; each = each.nextOfMember) {
            if (each.nextOfMember == ended) {
                each.nextOfMember = ended.nextOfMember;
            }
        }
    }

    final void leaveGroups() {
        worker().groups().removeAll(memberships);
        memberships = null;
    }

    /** Whether a group's write would not pile up. */
    final boolean isWritable() {
        return transport != null
                ? transport.isWritable()
                : !owesOutputReady && pendingBytes() <= settings().output().highBytes();
    }

    /** Sends what was written to one of its groups; also while it waits for the next protocol. */
    final void send(SharedBytes shared) {
        if (transport != null) {
            transport.write(shared);
        } else if (!isOutputShut()) {
            keep(shared, shared.view());
        }
    }

    /** What calls of other threads and its memberships occupy. */
    final long waitingMemoryBytes() {
        long bytes = transport == null ? 0 : transport.memoryBytes();
        for (Membership each = memberships; each != null; each = each.nextOfMember) {
            bytes += Membership.MEMORY_BYTES;
        }
        return bytes;
    }

    /** Looks again at settings that have changed. */
    final void onSettingsChanged() {
        watchLimit();
        if (isOpen()) {
            checkHighWater();
            checkLowWater();
        }
    }

    /** The handle does nothing from now on. */
    final void invalidateTransport() {
        if (transport != null) {
            transport.invalidate();
        }
    }

    final void markClosing() {
        if (transport != null) {
            transport.set(TransportState.CLOSED);
        }
    }

    // What the protocol is told.

    /** Code of its factory's bundle is called: who looks from outside can tell whose it is. */
    final void callsUser() {
        loop().presentTurn().worksFor(binding());
    }

    final void tellConnectionMade() {
        Protocol made = protocol();
        Throwable thrown = null;
        made.attach(transport());
        callsUser();
        try {
            made.connectionMade();
        } catch (Throwable e) {
            thrown = e;
            failed(Callback.CONNECTION_MADE, e);
        }
        origin().onMade(made, thrown);
    }

    @Override
    final void tellDataReceived(ByteBuffer data) {
        callsUser();
        try {
            protocol().dataReceived(data);
        } catch (Throwable e) {
            failed(Callback.DATA_RECEIVED, e);
        }
    }

    @Override
    final void tellInputEnded(ByteBuffer rest) {
        transport().set(TransportState.INPUT_ENDED);
        callsUser();
        try {
            protocol().inputEnded(rest);
        } catch (Throwable e) {
            failed(Callback.INPUT_ENDED, e);
        }
    }

    @Override
    final void tellOutputReady() {
        callsUser();
        try {
            protocol().outputReady();
        } catch (Throwable e) {
            failed(Callback.OUTPUT_READY, e);
        }
    }

    /** Nothing is told when there is no protocol. */
    final void tellConnectionLost(CloseReason why) {
        Protocol told = protocol;
        if (told == null) {
            return;
        }
        callsUser();
        try {
            told.connectionLost(why);
            if (why.kind() != Kind.PROTOCOL_ERROR && origin().isAccepted()) {
                counters().pool.put(told);
            }
        } catch (Throwable e) {
            threw(Callback.CONNECTION_LOST, e);
        }
    }

    // What the protocol asks for.

    /** The protocol closes. */
    final void close() {
        assertOwner();
        close(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
    }

    final ScheduledCall callLater(long delayNanos, Runnable call) {
        assertOwner();
        return loop().schedule(timers(), delayNanos, call);
    }

    final void join(Timer timer) {
        assertOwner();
        timer.join(timers());
    }

    @Override
    public final void runTimer(Runnable call) {
        noteEvent();
        callsUser();
        try {
            call.run();
        } catch (Throwable e) {
            failed(Callback.TIMER, e);
        }
    }

    /** Runs what other threads have asked for, when its mail may have been lost. */
    final void runInbox() {
        if (transport != null) {
            transport.run();
        }
    }

    final void runTask(Runnable task) {
        assertOwner();
        noteEvent();
        callsUser();
        try {
            task.run();
        } catch (Throwable e) {
            failed(Callback.TASK, e);
        }
    }

    /** Whether a timer of the protocol runs. */
    final boolean hasTimers() {
        return timers != null && !timers.isEmpty();
    }

    private TimerGroup timers() {
        TimerGroup group = timers;
        if (group == null) {
            group = new TimerGroup(this, transport(), loop().timers());
            timers = group;
        }
        return group;
    }

    void closeTimers() {
        if (timers != null) {
            timers.cancelAll();
            timers = null;
        }
    }

    // What the protocol does wrong.

    final void failed(Object callback, Throwable e) {
        threw(callback, e);
        if (isOpen()) {
            countFailure();
        }
        close(reason(Kind.PROTOCOL_ERROR, e));
    }

    private void countFailure() {
        counters().failed.increment();
        binding().failures.noteFailure();
    }

    private void threw(Object callback, Throwable e) {
        counters().errors.increment();
        CallbackLog.threw(LOG, this, binding(), callback, e);
    }

    @Override
    void clear() {
        super.clear();
        protocol = null;
        transport = null;
        timers = null;
        owesOutputReady = false;
        memberships = null;
    }
}
