package org.tonyreactor.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.log.LogThread;

/** Keeps what is logged meanwhile, in place of showing it. */
public final class LogFixture implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    public LogFixture() {
        for (int i = 0; i < 2; i++) {
            Log.sumUp(); // What failed in another test is forgotten.
        }
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    /** All that was said until now. */
    public String text() {
        Awaitility.await().until(LogThread::isIdle);
        return captured.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
