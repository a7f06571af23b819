package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscChunkedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Work for one event loop from any thread: many writers, one reader, no locks. The reader announces when it is about
 * to sleep, and only then a writer pays for waking it.
 *
 * <p>The handshake: the reader announces sleep, then looks at the queue once more. A writer puts its mail, then looks
 * whether sleep was announced. Both steps are volatile, so at least one side sees the other.
 *
 * <p>Bound: {@link #CAPACITY} mails. A connection has at most one mail in it at a time, so the bound is above what the
 * descriptors of one process allow; at the bound {@link #offer} returns false.
 */
final class Mailbox {
    /** How many mails may wait. */
    static final int CAPACITY = 1 << 20;

    private static final int CHUNK = 1024;

    private final MessagePassingQueue<Runnable> queue = new MpscChunkedAtomicArrayQueue<>(CHUNK, CAPACITY);
    private final Runnable wakeup;
    private final AtomicBoolean sleeping = new AtomicBoolean();

    Mailbox(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /** Puts a mail without waking the reader; the writer calls {@link #wake} after its last one. Any thread. */
    boolean offer(Runnable mail) {
        return queue.offer(mail);
    }

    /** Puts a mail and wakes the reader if it sleeps. Any thread. */
    boolean post(Runnable mail) {
        boolean accepted = queue.offer(mail);
        wake();
        return accepted;
    }

    /** Wakes the reader if it sleeps. Any thread. */
    void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            wakeup.run();
        }
    }

    /** Announces sleep. Reader only. Returns false when there is mail, so that it must not sleep. */
    boolean fallAsleep() {
        sleeping.set(true);
        if (queue.isEmpty()) {
            return true;
        }
        sleeping.set(false);
        return false;
    }

    /** Ends sleep. Reader only. Returns true when a writer has woken it. */
    boolean awake() {
        return !sleeping.getAndSet(false);
    }

    /** Takes the next mail, or null; also while a writer is still putting it, which may take for ever. Reader only. */
    @Nullable
    Runnable poll() {
        return queue.relaxedPoll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
