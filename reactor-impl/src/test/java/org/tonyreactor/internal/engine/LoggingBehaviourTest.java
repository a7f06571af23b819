package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.LogThread;

/** Standard error, to which the tests log, takes nothing: nobody reads the pipe behind it. */
@Timeout(60)
class LoggingBehaviourTest {
    private static final int FAILURES = 100;

    private final PrintStream before = System.err;
    private final CountDownLatch drained = new CountDownLatch(1);
    private final CountDownLatch full = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture throwing = new ProtocolFixture();

    @AfterEach
    void drain() {
        drained.countDown();
        Awaitility.await().until(LogThread::isIdle);
        System.setErr(before);
    }

    @Test
    void aLogThatNobodyDrainsStopsNothing() throws Exception {
        System.setErr(new PrintStream(new Undrained(), true, StandardCharsets.UTF_8));
        throwing.data((protocol, data) -> {
            throw new IllegalStateException("on purpose");
        });
        FactoryBinding failing = fixture.serve(throwing);
        ClientFixture bystander = fixture.connect(fixture.serve(ProtocolFixture.echo()));
        for (int i = 0; i < FAILURES; i++) {
            fixture.connect(failing).send("x").expectEnd();
        }

        full.await();
        assertEquals("on", bystander.send("on").readText(2));
        assertEquals(FAILURES, failing.errors());
        assertTrue(fixture.engine().close(failing));
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> fixture.engine().close());

        assertFalse(LogThread.isIdle());
        drained.countDown();
        Awaitility.await().until(LogThread::isIdle);
        List<String> stacks = written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("dataReceived threw: java.lang.IllegalStateException: on purpose"))
                .toList();
        assertTrue(stacks.size() < FAILURES, stacks::toString);
    }

    /** Takes nothing until it is drained. */
    private final class Undrained extends OutputStream {
        @Override
        public void write(int b) {
            full.countDown();
            boolean interrupted = false;
            while (drained.getCount() > 0) { // Ends: the test drains it.
                try {
                    drained.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            written.write(b);
        }
    }
}
