package org.tonyreactor.internal.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

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

    /** Ends or hands over connections; done is told on the worker. */
    void drain(DrainOrder order, Runnable done) {
        if (!loop.post(() -> worker.onDrain(order, done))) {
            done.run();
        }
    }

    CompletableFuture<Integer> handOver(FactoryBinding from, FactoryBinding to) {
        return ask(() -> worker.onHandOver(from, to));
    }

    void giveUp(FactoryBinding binding) {
        loop.post(() -> worker.onGiveUp(binding));
    }

    CompletableFuture<List<ConnectionView>> list() {
        return ask(worker::onList);
    }

    CompletableFuture<Boolean> closeConnection(long id) {
        return ask(() -> worker.onCloseConnection(id));
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!loop.post(() -> answer.complete(question.get()))) {
            answer.completeExceptionally(new IllegalStateException(loop.name() + " has ended"));
        }
        return answer;
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
