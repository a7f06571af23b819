package org.tonyreactor.internal.engine.log;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How often each kind of failure has come since the last sum. Bound: {@link #MAX_KINDS}; what is of a further kind is
 * counted without its name. A kind that did not come between two sums is forgotten.
 *
 * <p>Any thread, without locks: a kind that is found while it is being forgotten says so, and is looked for again.
 */
final class Kinds {
    /** How many kinds are told apart. */
    static final int MAX_KINDS = 128;

    private static final Log LOG = Log.named("org.tonyreactor.log");

    private final AtomicReferenceArray<@Nullable Kind> kinds = new AtomicReferenceArray<>(MAX_KINDS);
    private final AtomicLong others = new AtomicLong();

    private record Kind(Log log, Level level, String what, String of, AtomicLong count) {
        private static final long FORGOTTEN = -1;

        boolean is(Log otherLog, String otherWhat, String otherOf) {
            return log == otherLog && what.equals(otherWhat) && of.equals(otherOf);
        }

        /** How often it has come, this time included; {@link #FORGOTTEN} when it is not counted any more. */
        long increment() {
            return count.updateAndGet(n -> n == FORGOTTEN ? FORGOTTEN : n + 1);
        }
    }

    /** Whether it is the first of its kind since the last sum, which is to be told. */
    boolean isFirst(Log log, Level level, String what, String of) {
        for (int i = 0; i < MAX_KINDS; i++) {
            Kind kind = kinds.get(i);
            if (kind == null) {
                Kind added = new Kind(log, level, what, of, new AtomicLong(1));
                if (kinds.compareAndSet(i, null, added)) {
                    return true;
                }
                kind = kinds.get(i);
            }
            if (kind != null && kind.is(log, what, of)) {
                long count = kind.increment();
                if (count != Kind.FORGOTTEN) {
                    return count == 1;
                }
            }
        }
        others.incrementAndGet();
        return false;
    }

    /** Tells how many there were, and counts anew. */
    void sumUp() {
        for (int i = 0; i < MAX_KINDS; i++) {
            Kind kind = kinds.get(i);
            if (kind == null) {
                continue;
            }
            long count = kind.count.getAndUpdate(n -> n == 0 ? Kind.FORGOTTEN : 0);
            if (count == 0) {
                kinds.compareAndSet(i, kind, null);
            } else if (count > 1) {
                kind.log.say(
                        kind.level,
                        kind.of.isEmpty() ? "{}{}, {} more within a second" : "{}: {}, {} more within a second",
                        kind.of,
                        kind.what,
                        count - 1);
            }
        }
        long unnamed = others.getAndSet(0);
        if (unnamed > 0) {
            LOG.say(Level.WARN, "{} failure(s) of more than {} kinds within a second", unnamed, MAX_KINDS);
        }
    }
}
