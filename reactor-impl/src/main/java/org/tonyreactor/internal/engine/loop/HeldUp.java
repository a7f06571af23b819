package org.tonyreactor.internal.engine.loop;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A loop that is in one turn for a long time: something that it has called does not return.
 *
 * @param millis how long the turn takes by now
 * @param whose whose code was called last; null when nobody's was, or nobody knows
 * @param stack the stack of the loop's thread, the innermost frame first; texts, since frames could keep a bundle alive
 */
public record HeldUp(long millis, @Nullable Object whose, List<String> stack) {
    /** A turn that takes no longer is nothing to talk about. */
    public static final long MIN_MILLIS = 1_000;

    /** How a loop is held up at this moment; null when it is not. Any thread. */
    public static @Nullable HeldUp of(EventLoop loop) {
        PresentTurn turn = loop.presentTurn();
        long sinceNanos = turn.sinceNanos();
        long millis = TimeUnit.NANOSECONDS.toMillis(loop.clock().nanoTime() - sinceNanos);
        if (sinceNanos == 0 || millis < MIN_MILLIS) {
            return null;
        }
        HeldUp heldUp = new HeldUp(millis, turn.whose(), stackOf(loop));
        return turn.sinceNanos() == sinceNanos ? heldUp : null; // Else that is of two turns.
    }

    /** The stack of a loop's thread; empty when it has none. */
    static List<String> stackOf(EventLoop loop) {
        Thread thread = loop.thread();
        return thread == null
                ? List.of()
                : Stream.of(thread.getStackTrace()).map(Object::toString).toList();
    }
}
