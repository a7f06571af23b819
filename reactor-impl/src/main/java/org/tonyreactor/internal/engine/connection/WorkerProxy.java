package org.tonyreactor.internal.engine.connection;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.EventLoop;

/** The only way to a {@link Worker} from another thread: each method sends a mail. */
public final class WorkerProxy {
    private final Worker worker;
    private final EventLoop loop;

    public WorkerProxy(Worker worker) {
        this.worker = worker;
        this.loop = worker.loop();
    }

    public EventLoop loop() {
        return loop;
    }

    /** Hands a connection over without waking the worker; {@link #wake} follows. False when its mailbox is full. */
    public boolean adopt(Connection connection) {
        return loop.offer(() -> worker.onAdopt(connection));
    }

    /**
     * Puts a fresh thread in the place of the worker's dead one.
     *
     * @param lost connections of the worker, which end
     * @param waiting those whose mails it has not read, or has read and not worked off
     */
    public void restart(List<Connection> lost, List<Connection> waiting) {
        Runnable neverAdopted = () -> worker.onNeverAdopted(waiting);
        if (!loop.offer(neverAdopted)) { // It comes after all mails that it is about.
            throw new IllegalStateException(loop.name() + " has no room for another mail");
        }
        loop.restart(() -> worker.onThreadLost(lost));
    }

    public void wake() {
        loop.wake();
    }

    /** Ends or hands over connections; done is told on the worker. */
    public void drain(DrainRequest request, Runnable done) {
        if (!loop.post(() -> worker.onDrain(request, done))) {
            done.run();
        }
    }

    public CompletableFuture<Integer> handOver(FactoryBinding from, FactoryBinding to) {
        return ask(() -> worker.onHandOver(from, to));
    }

    public void expire(FactoryBinding binding) {
        loop.post(() -> worker.onExpire(binding));
    }

    public CompletableFuture<List<ConnectionView>> list() {
        return ask(worker::onList);
    }

    public CompletableFuture<Boolean> closeConnection(long id) {
        return ask(() -> worker.onCloseConnection(id));
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!loop.post(() -> answer.complete(question.get()))) {
            answer.completeExceptionally(new IllegalStateException(loop.name() + " has ended"));
        }
        return answer;
    }

    public void update(FactoryBinding binding) {
        loop.post(() -> worker.onUpdate(binding));
    }

    public void readBufferBytes(int bytes) {
        loop.post(() -> worker.onReadBufferBytes(bytes));
    }

    public void run(Runnable task) {
        loop.post(task);
    }
}
