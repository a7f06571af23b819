package org.tonyreactor.internal.engine.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/** All workers of an engine, asked together: each gets one mail. Any thread. */
public final class WorkerGroup {
    private final List<WorkerProxy> workers;

    public WorkerGroup(List<WorkerProxy> workers) {
        this.workers = List.copyOf(workers);
    }

    public int size() {
        return workers.size();
    }

    public WorkerProxy get(int index) {
        return workers.get(index);
    }

    /** The names of workers that have not answered: their part of the answers, one for each worker, is not done. */
    public List<String> unanswered(List<? extends CompletableFuture<?>> answers) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            CompletableFuture<?> answer = answers.get(i);
            if (!answer.isDone() || answer.isCompletedExceptionally()) {
                names.add(get(i % size()).loop().name());
            }
        }
        return names.stream().distinct().toList();
    }

    /** Ends or hands over connections; each worker tells on its own thread when it is done. */
    public void drain(DrainRequest request, Runnable eachDone) {
        workers.forEach(worker -> worker.drain(request, eachDone));
    }

    /** Ends or hands over connections; a part for each worker completes when that one is done. */
    public List<CompletableFuture<Boolean>> drainEach(DrainRequest request) {
        List<CompletableFuture<Boolean>> parts = new ArrayList<>();
        for (WorkerProxy worker : workers) {
            CompletableFuture<Boolean> drained = new CompletableFuture<>();
            worker.drain(request, () -> drained.complete(true));
            parts.add(drained);
        }
        return parts;
    }

    /** The same; completes when the slowest worker is done. */
    public CompletableFuture<Void> drain(DrainRequest request) {
        return CompletableFuture.allOf(drainEach(request).toArray(new CompletableFuture<?>[0]));
    }

    /** Hands connections of one binding over to another, as far as they can be; how many, by each worker. */
    public List<CompletableFuture<Integer>> handOver(FactoryBinding from, FactoryBinding to) {
        return workers.stream().map(worker -> worker.handOver(from, to)).toList();
    }

    /** The same; how many all workers have handed over is told on the thread of the last, unless one has ended. */
    public void handOver(FactoryBinding from, FactoryBinding to, IntConsumer told) {
        List<CompletableFuture<Integer>> parts = handOver(from, to);
        CompletableFuture<Void> unused = CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenRun(() -> told.accept(
                        parts.stream().mapToInt(part -> part.getNow(0)).sum()));
    }

    /** Ends the connections that wait in a holder that no factory will come to. */
    public void expire(FactoryBinding holder) {
        workers.forEach(worker -> worker.expire(holder));
    }

    /** How the connections stand, by each worker. */
    public List<CompletableFuture<List<ConnectionView>>> list() {
        return workers.stream().map(WorkerProxy::list).toList();
    }

    /** Closes a connection; one worker says that it had it. */
    public List<CompletableFuture<Boolean>> closeConnection(long id) {
        return workers.stream().map(worker -> worker.closeConnection(id)).toList();
    }

    /** The part of all groups that a transport's worker has; null when it is none of these. */
    public @Nullable Groups groupsOf(LeasedTransport member) {
        for (WorkerProxy worker : workers) {
            if (worker.loop() == member.loop) {
                return worker.groups();
            }
        }
        return null;
    }

    /** Writes to all members of a group. */
    public void write(String group, GroupWrite written) {
        workers.forEach(worker -> worker.groups().write(group, written));
    }

    /** How many members a group has. */
    public int sizeOf(String group) {
        int size = 0;
        for (WorkerProxy worker : workers) {
            size += worker.groups().size(group);
        }
        return size;
    }

    /** Settings of a binding have changed. */
    public void update(FactoryBinding binding) {
        workers.forEach(worker -> worker.update(binding));
    }

    public void readBufferBytes(int bytes) {
        workers.forEach(worker -> worker.readBufferBytes(bytes));
    }
}
