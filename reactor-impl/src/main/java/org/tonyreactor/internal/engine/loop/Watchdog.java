package org.tonyreactor.internal.engine.loop;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.log.PrintableText;
import org.tonyreactor.internal.engine.log.ThrowableText;

/**
 * Reports a worker whose turn takes too long because a callback blocks: once per turn, with the stack of the thread.
 * Owner: the acceptor, which runs no callbacks of users.
 */
public final class Watchdog {
    /** A turn that takes longer than this holds its loop up: new work is better given to others meanwhile. */
    static final long HELD_UP_MILLIS = 20;

    private static final Log LOG = Log.named("org.tonyreactor.watchdog");
    /** How often the setting is looked at while the watchdog is off. */
    private static final long OFF_CHECK_MILLIS = 1_000;

    private final EventLoop acceptorLoop;
    private final List<EventLoop> watched;
    private final long[] reported;
    private final Counter reports = new Counter();
    private volatile long warnMillis;

    public Watchdog(EventLoop acceptorLoop, List<EventLoop> watched, long warnMillis) {
        this.acceptorLoop = acceptorLoop;
        this.watched = watched;
        this.reported = new long[watched.size()];
        this.warnMillis = warnMillis;
        acceptorLoop.every(this::periodMillis, this::check);
    }

    public void setWarnMillis(long millis) {
        warnMillis = millis;
    }

    long reports() {
        return reports.get();
    }

    private long periodMillis() {
        return warnMillis == 0 ? OFF_CHECK_MILLIS : Math.max(1, Math.min(warnMillis / 2, OFF_CHECK_MILLIS));
    }

    private void check() {
        long limitMillis = warnMillis;
        for (int i = 0; limitMillis != 0 && i < watched.size(); i++) {
            EventLoop loop = watched.get(i);
            long since = loop.presentTurn().sinceNanos();
            long busyMillis = TimeUnit.NANOSECONDS.toMillis(acceptorLoop.clock().nanoTime() - since);
            if (since != 0 && busyMillis >= limitMillis && reported[i] != since) {
                reported[i] = since;
                reports.increment();
                Object whose = loop.presentTurn().whose();
                LOG.warn(
                        "{} is held up for {} ms by a callback{} that blocks:{}",
                        loop.name(),
                        busyMillis,
                        whose == null ? "" : " of " + whose,
                        stackOf(loop));
            }
        }
    }

    /** Whether the present turn of a loop takes so long that what is sent to it would wait. Any thread. */
    public static boolean isHeldUp(EventLoop loop, long nowNanos) {
        long since = loop.presentTurn().sinceNanos();
        return since != 0 && nowNanos - since >= TimeUnit.MILLISECONDS.toNanos(HELD_UP_MILLIS);
    }

    /** The stack of a loop's thread as text: a log must not keep frames of a bundle alive. */
    public static PrintableText stackOf(EventLoop loop) {
        Thread thread = loop.thread();
        return ThrowableText.of(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
    }
}
