package org.tonyreactor.internal.engine.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.tonyreactor.internal.engine.log.Log;

/**
 * The tasks that a loop repeats. They are no timers: a repetition allocates nothing, so an exhausted heap does not end it.
 *
 * <p>Owner: the loop's thread, once the loop runs.
 */
final class Housekeeping {
    private static final Log LOG = Log.named("org.tonyreactor.loop");

    private final String name;
    private final List<Duty> duties = new ArrayList<>();

    Housekeeping(String name) {
        this.name = name;
    }

    /** Adds a duty; its period may change, and is asked for each time. */
    void add(LongSupplier periodMillis, Runnable action, long nowNanos) {
        duties.add(new Duty(periodMillis, action, nowNanos));
    }

    /** Runs the tasks that are due. */
    void run(long nowNanos) {
        for (int i = 0; i < duties.size(); i++) {
            Duty duty = duties.get(i);
            if (nowNanos - duty.nextNanos >= 0) {
                duty.next(nowNanos);
                try {
                    duty.action.run();
                } catch (Throwable e) {
                    FailureReport.failed(LOG, name, duty.action, e);
                }
            }
        }
    }

    /** Milliseconds until something is due, rounded up, but no more than some others; negative when there is nothing. */
    long millisToNext(long nowNanos, long othersMillis) {
        long least = othersMillis;
        for (int i = 0; i < duties.size(); i++) {
            long nanos = Math.max(0, duties.get(i).nextNanos - nowNanos);
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
            least = least < 0 ? millis : Math.min(least, millis);
        }
        return least;
    }

    private static final class Duty {
        private final LongSupplier periodMillis;
        private final Runnable action;
        private long nextNanos;

        Duty(LongSupplier periodMillis, Runnable action, long nowNanos) {
            this.periodMillis = periodMillis;
            this.action = action;
            next(nowNanos);
        }

        private void next(long nowNanos) {
            nextNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(periodMillis.getAsLong());
        }
    }
}
