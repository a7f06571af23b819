package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.tonyreactor.protocol.Protocol;

/** Answers with what a call returns that may block: a database's, for instance. */
final class Lookup extends Protocol {
    private final Executor blocking;
    private final UnaryOperator<String> find;

    Lookup(Executor blocking, UnaryOperator<String> find) {
        this.blocking = blocking;
        this.find = find;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        String key = StandardCharsets.UTF_8.decode(data).toString().strip();
        transport().pauseReading(); // One at a time.
        blocking.execute(() -> {
            String found = find.apply(key); // On a thread that may wait.
            transport().execute(() -> answer(found));
        });
    }

    private void answer(String found) { // On the worker again.
        write(found + "\n");
        transport().resumeReading();
    }
}
