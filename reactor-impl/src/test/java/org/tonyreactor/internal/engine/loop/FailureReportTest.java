package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class FailureReportTest {
    private static final Logger LOG = LoggerFactory.getLogger("test");

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    FailureReportTest() {
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    @Test
    void saysWhatHasFailedAndWhy() {
        FailureReport.failed(LOG, "loop", Doing.POLLING, new IllegalStateException("because"));

        assertTrue(text().contains("loop: polling failed"), text());
        assertTrue(text().contains("IllegalStateException: because"), text());
    }

    @Test
    void givesAnExceptionWhoseMessageThrowsOneLine() {
        CallbackLog.threw(LOG, "a protocol", new Unsayable());

        assertOneLine(Unsayable.class);
    }

    @Test
    void givesAnExceptionWhoseCausesNeverEndOneLine() {
        CallbackLog.threw(LOG, "a protocol", new Endless());

        assertOneLine(Endless.class);
    }

    @Test
    void countsWhatALogDoesNotTakeAndSaysItLater() {
        Logger broken = brokenLog();
        FailureReport.failed(broken, "loop", Doing.EVENT, new IllegalStateException());
        FailureReport.failed(broken, "loop", Doing.EVENT, new IllegalStateException());

        FailureReport.reportUnlogged(broken);
        assertEquals("", text());
        FailureReport.reportUnlogged(LOG);
        FailureReport.reportUnlogged(LOG);

        assertTrue(text().contains("2 failure(s) could not be logged"), text());
        assertEquals(1, text().lines().count());
    }

    private void assertOneLine(Class<?> type) {
        assertEquals(1, text().lines().count(), text());
        assertTrue(text().contains(type.getName() + " that cannot be printed"), text());
    }

    private String text() {
        return captured.toString(StandardCharsets.UTF_8);
    }

    /** One that throws as it would without memory. */
    private static Logger brokenLog() {
        return (Logger) Proxy.newProxyInstance(
                FailureReportTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> {
                    throw new OutOfMemoryError("on purpose");
                });
    }

    private static final class Unsayable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("on purpose");
        }
    }

    private static final class Endless extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }
}
