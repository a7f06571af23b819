package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;

/**
 * Notices a thread that has ended although its loop was not stopped, and has it replaced by a new one. Loops watch each
 * other. Too many deaths in a short time are no accident: then the engine stops.
 *
 * <p>Owner of each watch: the loop that watches. The deaths are for any thread.
 */
public final class Supervisor {
    /** How often a loop looks at the others. */
    public static final long PERIOD_MILLIS = 500;
    /** Deaths of any loops within {@link #WINDOW_MILLIS} that stop the engine. */
    public static final int FATAL_DEATHS = 3;
    /** How long a death counts. */
    public static final long WINDOW_MILLIS = 60_000;

    private static final Log LOG = Log.named("org.tonyreactor.loop");

    /** The times of the last deaths, the latest first. */
    private record Deaths(long youngest, long second, int count) {
        /** The deaths with one more; how many there were within the window is its count. */
        Deaths with(long nowNanos) {
            long windowNanos = TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS);
            int counted = 1;
            counted += count >= 1 && nowNanos - youngest <= windowNanos ? 1 : 0;
            counted += count >= 2 && nowNanos - second <= windowNanos ? 1 : 0;
            return new Deaths(nowNanos, youngest, counted);
        }
    }

    private final Clock clock;
    private final Runnable giveUp;
    private final AtomicReference<Deaths> deaths = new AtomicReference<>(new Deaths(0, 0, 0));
    private final AtomicBoolean givenUp = new AtomicBoolean();

    /**
     * Watches nothing yet.
     *
     * @param giveUp ends the engine; on the loop that has noticed the last death
     */
    public Supervisor(Clock clock, Runnable giveUp) {
        this.clock = clock;
        this.giveUp = giveUp;
    }

    /**
     * Has a loop watch another one. Before they start.
     *
     * @param revive has a fresh thread take the place of the dead one; on the loop that watches
     */
    public void watch(EventLoop by, EventLoop watched, Runnable revive) {
        by.every(() -> PERIOD_MILLIS, new Watch(watched, revive));
    }

    private void onDeath(EventLoop dead) {
        long nowNanos = clock.nanoTime();
        Deaths now = deaths.updateAndGet(before -> before.with(nowNanos));
        LOG.error("{}: its thread has ended though nobody has stopped it", dead.name());
        if (now.count >= FATAL_DEATHS && givenUp.compareAndSet(false, true)) {
            LOG.error(
                    "{} threads have ended within {} s: the engine stops",
                    now.count,
                    TimeUnit.MILLISECONDS.toSeconds(WINDOW_MILLIS));
            giveUp.run();
        }
    }

    private final class Watch implements Runnable {
        private final EventLoop watched;
        private final Runnable revive;
        /** The dead thread that has been counted; reviving may fail and is tried again. */
        private @Nullable Thread counted;

        Watch(EventLoop watched, Runnable revive) {
            this.watched = watched;
            this.revive = revive;
        }

        @Override
        public void run() {
            if (givenUp.get() || !watched.isDead()) {
                return;
            }
            Thread dead = watched.thread();
            if (dead != counted) {
                counted = dead;
                onDeath(watched);
            }
            if (!givenUp.get()) {
                revive.run();
            }
        }

        @Override
        public String toString() {
            return "looking after " + watched.name();
        }
    }
}
