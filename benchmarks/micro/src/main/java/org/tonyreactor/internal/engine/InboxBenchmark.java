package org.tonyreactor.internal.engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call that another thread makes on a connection: one mail each, and many behind one mail. */
public class InboxBenchmark extends MicroBenchmark {
    private static final int BATCH = 256;

    private static void call() {}

    /** An inbox whose loop the calling thread steps. */
    @State(Scope.Thread)
    public static class Own {
        private final EventLoop loop = NoChannels.ownedLoop(() -> 0);
        private final Inbox inbox = new Inbox(loop);
        private final Runnable call = InboxBenchmark::call;

        void push(int count) {
            for (int i = 0; i < count; i++) {
                inbox.push(call, 0, Inbox.CAPACITY, Long.MAX_VALUE);
            }
        }
    }

    @Benchmark
    public int pushAndRun(Own own) {
        own.push(1);
        return own.loop.runOnce(0);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int pushManyAndRun(Own own) {
        own.push(BATCH);
        return own.loop.runOnce(0);
    }
}
