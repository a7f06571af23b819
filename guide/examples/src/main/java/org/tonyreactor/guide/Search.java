package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;

/** A {@link Lookup} that answers what is under way before its bundle goes. */
final class Search extends Protocol implements Resumable {
    private final Executor blocking;
    private final UnaryOperator<String> find;
    private CompletionStage<?> underWay = CompletableFuture.completedStage(null);

    Search(Executor blocking, UnaryOperator<String> find) {
        this.blocking = blocking;
        this.find = find;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        String key = StandardCharsets.UTF_8.decode(data).toString().strip();
        transport().pauseReading(); // One at a time.
        underWay = CompletableFuture.supplyAsync(() -> find.apply(key), blocking)
                .thenAccept(found -> transport().execute(() -> answer(found)));
    }

    private void answer(String found) {
        write(found + "\n");
        transport().resumeReading();
    }

    @Override
    public CompletionStage<?> quiesce() {
        return underWay; // Done once the answer is on its way to the worker, which writes it before suspend.
    }

    @Override
    public ByteBuffer suspend() {
        return ByteBuffer.allocate(0); // There is nothing else to remember.
    }

    @Override
    public void resume(ByteBuffer state) {
        transport().resumeReading(); // What was not answered in time is not answered any more.
    }
}
