package org.tonyreactor.internal.engine.connection;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.Watchdog;
import org.tonyreactor.internal.engine.wire.Wire;

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

    /** Whether a callback holds the worker up, so that its mail waits. */
    public boolean isHeldUp(long nowNanos) {
        return Watchdog.isHeldUp(loop, nowNanos);
    }

    /** Hands a connection over without waking the worker; {@link #wake} follows. False when its mailbox is full. */
    public boolean adopt(Connection connection) {
        return loop.offer(() -> worker.onAdopt(connection));
    }

    /** The worker's part of all groups, which any thread may call. */
    public Groups groups() {
        return worker.groups();
    }

    /**
     * Has the worker make its lists anew.
     *
     * @param tokens where it sends tokens from then on
     * @param leased all slots that are leased to it; none of them is recycled until it has read this
     * @return false when its mailbox is full
     */
    public boolean audit(Wire tokens, List<Connection> leased) {
        return loop.post(() -> worker.onAudit(tokens, leased));
    }

    /** Puts a fresh thread in the place of the worker's dead one, which ends its connections. */
    public void restart(List<Connection> lost) {
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

    /** The stage of a protocol's quiesce is done. */
    void quiesced(long id, long generation) {
        loop.post(() -> worker.quiescences().onQuiesced(id, generation));
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
