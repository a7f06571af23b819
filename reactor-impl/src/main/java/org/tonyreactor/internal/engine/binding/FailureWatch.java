package org.tonyreactor.internal.engine.binding;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * Watches how many connections of one binding fail, and keeps it in quarantine.
 *
 * <p>A window begins with a failure and lasts {@code windowMillis}. The binding is failing when in one window
 * {@code failures} connections have failed, and these are at least {@code percent} of all that it had: the connections
 * that are open now and those that left meanwhile.
 *
 * <p>Owner: the acceptor, except {@link #noteFailure}. If many connections fail at a time, the acceptor gets one mail
 * for all of them.
 */
public final class FailureWatch {
    /**
     * Why a binding gets no connections.
     *
     * @param reason a text for people, in one line
     * @param byOperator whether an operator has decided it, so that only an operator undoes it
     */
    public record Quarantine(String reason, boolean byOperator) {}

    private final FactoryBinding binding;
    private final AtomicBoolean noted = new AtomicBoolean();
    private volatile Runnable listener = () -> {};
    private volatile @Nullable Quarantine quarantine;
    private boolean windowOpen;
    private long windowBeganNanos;
    private long failedBefore;
    private long leftBefore;
    private long lastFailed;
    private long lastLeft;

    FailureWatch(FactoryBinding binding) {
        this.binding = binding;
    }

    /** Sets the code that sends the acceptor a mail. Before there are connections. */
    public void onFailure(Runnable mailer) {
        listener = mailer;
    }

    /** A connection has failed. On its worker. */
    public void noteFailure() {
        if (noted.compareAndSet(false, true)) {
            try {
                listener.run();
            } catch (RuntimeException | Error e) {
                noted.set(false); // The next failure sends the mail.
            }
        }
    }

    /** Counts the failures so far; why the binding is failing, or null. */
    @Nullable
    public String judge(long nowNanos) {
        noted.set(false); // First: a failure from here on is noted anew.
        EndpointSettings.Quarantine limits = binding.settings().quarantine();
        long failed = binding.failedConnections();
        long left = binding.leftConnections();
        long windowNanos = TimeUnit.MILLISECONDS.toNanos(limits.windowMillis());
        if (!windowOpen || nowNanos - windowBeganNanos > windowNanos) {
            windowOpen = true;
            windowBeganNanos = nowNanos;
            failedBefore = lastFailed;
            // The failed ones that open the window have usually left by now, and belong to it.
            leftBefore = left - Math.min(left - lastLeft, failed - failedBefore);
        }
        lastFailed = failed;
        lastLeft = left;
        long failures = failed - failedBefore;
        long had = Math.max(1, binding.openConnections() + left - leftBefore);
        boolean failing =
                limits.failures() != 0 && failures >= limits.failures() && 100 * failures >= had * limits.percent();
        return failing
                ? failures + " of " + had + " connections have failed within " + limits.windowMillis() + " ms"
                : null;
    }

    /** Why the binding gets no connections, or null. Any thread. */
    @Nullable
    public Quarantine quarantine() {
        return quarantine;
    }

    /** Whether it is in quarantine, and no person has said so. */
    public boolean isReleasable() {
        Quarantine why = quarantine;
        return why != null && !why.byOperator();
    }

    public void quarantine(Quarantine why) {
        quarantine = why;
    }

    /** Ends the quarantine; failures are counted from here on. */
    public void release() {
        quarantine = null;
        windowOpen = false;
        lastFailed = binding.failedConnections();
        lastLeft = binding.leftConnections();
    }
}
