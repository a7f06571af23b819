package org.tonyreactor.internal.engine;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.transport.CloseReason.Kind;

/** The only way to a {@link Worker} from another thread: each method sends a mail. */
final class WorkerProxy {
    private final Worker worker;
    private final EventLoop loop;

    WorkerProxy(Worker worker) {
        this.worker = worker;
        this.loop = worker.loop();
    }

    EventLoop loop() {
        return loop;
    }

    /** Hands a connection over without waking the worker; {@link #wake} follows. False when its mailbox is full. */
    boolean adopt(Connection connection) {
        return loop.offer(() -> worker.onAdopt(connection));
    }

    void wake() {
        loop.wake();
    }

    /** Drains a binding, or with null all of them; done is told on the worker. */
    void drain(@Nullable FactoryBinding binding, Kind kind, long timeoutNanos, Runnable done) {
        if (!loop.post(() -> worker.onDrain(binding, kind, timeoutNanos, done))) {
            done.run();
        }
    }

    void update(FactoryBinding binding) {
        loop.post(() -> worker.onUpdate(binding));
    }

    void readBufferBytes(int bytes) {
        loop.post(() -> worker.onReadBufferBytes(bytes));
    }

    void run(Runnable task) {
        loop.post(task);
    }
}
