package org.tonyreactor.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/**
 * A mail to a loop that does not sleep. With producers on threads of their own the figure of {@code offer} is that of
 * one producer, and one that finds the mailbox full waits, as nobody does in the engine.
 */
public class MailboxBenchmark extends MicroBenchmark {
    private static void mail() {}

    /** A mailbox whose reader is awake. */
    @State(Scope.Thread)
    public static class Own {
        final Mailbox mailbox = new Mailbox(MailboxBenchmark::mail);
        final Queue<Runnable> jdkQueue = new ConcurrentLinkedQueue<>();
        final Runnable mail = MailboxBenchmark::mail;
    }

    @Benchmark
    public @Nullable Object postAndPoll(Own own) {
        own.mailbox.post(own.mail);
        return own.mailbox.poll();
    }

    /** What one would take instead: it has no bound, wakes nobody, and allocates a node for each mail. */
    @Benchmark
    public @Nullable Object postAndPollOfJdk(Own own) {
        own.jdkQueue.add(own.mail);
        return own.jdkQueue.poll();
    }

    /** A mailbox between threads; empty when an iteration begins. */
    @State(Scope.Group)
    public static class Shared {
        private final Runnable mail = MailboxBenchmark::mail;
        private Mailbox mailbox;

        @Setup(Level.Iteration)
        public void open() {
            mailbox = new Mailbox(MailboxBenchmark::mail);
        }

        boolean offer(Control control) {
            while (!mailbox.post(mail)) {
                if (control.stopMeasurement) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        }

        boolean poll(Control control) {
            while (mailbox.poll() == null) {
                if (control.stopMeasurement) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        }
    }

    @Benchmark
    @Group("oneProducer")
    @GroupThreads(1)
    public boolean offerOfOne(Shared shared, Control control) {
        return shared.offer(control);
    }

    @Benchmark
    @Group("oneProducer")
    @GroupThreads(1)
    public boolean pollOfOne(Shared shared, Control control) {
        return shared.poll(control);
    }

    @Benchmark
    @Group("twoProducers")
    @GroupThreads(2)
    public boolean offerOfTwo(Shared shared, Control control) {
        return shared.offer(control);
    }

    @Benchmark
    @Group("twoProducers")
    @GroupThreads(1)
    public boolean pollOfTwo(Shared shared, Control control) {
        return shared.poll(control);
    }
}
