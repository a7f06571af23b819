package org.tonyreactor.internal.engine.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A mail to a loop that does not sleep, and a call on a connection, which is a mail when it is the first that waits.
 * Writer and reader are one thread: what is measured is the work, not how fast two processors hand a cache line over.
 */
public class MailBenchmark extends MicroBenchmark {
    private static final int BATCH = 256;

    private static void call() {}

    /** A mailbox whose reader is awake, what the JDK has instead, and an inbox whose loop the calling thread steps. */
    @State(Scope.Thread)
    public static class Mail {
        private final Runnable call = MailBenchmark::call;
        private final Mailbox mailbox = new Mailbox(call);
        private final Queue<Runnable> jdkQueue = new ConcurrentLinkedQueue<>();
        private final EventLoop loop = NoWires.ownedLoop(() -> 0);
        private final Inbox inbox = new Inbox(loop);

        int pushAndRun(int count) {
            for (int i = 0; i < count; i++) {
                inbox.push(call, 0, Inbox.CAPACITY, Long.MAX_VALUE);
            }
            return loop.runOnce(0);
        }
    }

    @Benchmark
    public @Nullable Object mailbox(Mail mail) {
        mail.mailbox.post(mail.call);
        return mail.mailbox.poll();
    }

    /** It has no bound, wakes nobody, and allocates a node for each mail. */
    @Benchmark
    public @Nullable Object jdkQueue(Mail mail) {
        mail.jdkQueue.add(mail.call);
        return mail.jdkQueue.poll();
    }

    /** One call, one mail, and the turn of the loop that reads it. */
    @Benchmark
    public int inbox(Mail mail) {
        return mail.pushAndRun(1);
    }

    /** Many calls behind one mail. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int inboxOfMany(Mail mail) {
        return mail.pushAndRun(BATCH);
    }
}
