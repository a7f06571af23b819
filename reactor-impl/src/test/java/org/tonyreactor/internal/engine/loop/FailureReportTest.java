package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.LogFixture;
import org.tonyreactor.internal.engine.log.Log;

class FailureReportTest {
    private static final Log LOG = Log.named("test");

    private final LogFixture log = new LogFixture();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void saysWhatHasFailedAndWhy() {
        FailureReport.failed(LOG, "loop", Doing.POLLING, new IllegalStateException("because"));

        assertTrue(log.text().contains("loop: polling failed: java.lang.IllegalStateException: because"), log::text);
        assertTrue(log.text().contains("\n\tat " + FailureReportTest.class.getName()), log::text);
    }

    @Test
    void saysWhoseCodeHasThrown() {
        CallbackLog.threw(LOG, "a timer", new IllegalStateException("one"));
        CallbackLog.threw(LOG, "echo", "reset", new IllegalStateException("two"));
        CallbackLog.threw(LOG, "connection 7", "echo", "a task", new IllegalStateException("three"));
        CallbackLog.threw(LOG, "connection 7", null, "a stage", new IllegalStateException("four"));

        assertEquals(
                List.of(
                        "a timer threw: java.lang.IllegalStateException: one",
                        "echo: reset threw: java.lang.IllegalStateException: two",
                        "connection 7 of echo: a task threw: java.lang.IllegalStateException: three",
                        "connection 7: a stage threw: java.lang.IllegalStateException: four"),
                told());
    }

    @Test
    void tellsAnExceptionWhoseMessageThrows() {
        CallbackLog.threw(LOG, "a protocol", new Unsayable());

        assertTrue(
                log.text().contains("a protocol threw: " + Unsayable.class.getName() + ", whose message"), log::text);
        assertTrue(log.text().contains("\n\tat " + FailureReportTest.class.getName()), log::text);
    }

    @Test
    void tellsAnExceptionWhoseCausesNeverEnd() {
        CallbackLog.threw(LOG, "a protocol", new Endless());

        assertTrue(log.text().contains("a protocol threw: " + Endless.class.getName()), log::text);
        assertTrue(log.text().contains("the others are not printed"), log::text);
    }

    @Test
    void countsWhatDiffersInItsConnectionOnly() {
        for (int i = 0; i < 5; i++) {
            CallbackLog.threw(LOG, "connection " + i, "echo", "a task", new IllegalStateException("number " + i));
            FailureReport.failed(LOG, "connection " + i, Doing.WRITE, new IllegalStateException("number " + i));
        }
        Log.sumUp();

        assertEquals(
                List.of(
                        "connection 0 of echo: a task threw: java.lang.IllegalStateException: number 0",
                        "connection 0: a write failed: java.lang.IllegalStateException: number 0",
                        "echo: a task threw java.lang.IllegalStateException, 4 more within a second",
                        "a write failed with java.lang.IllegalStateException, 4 more within a second"),
                told());
    }

    private List<String> told() {
        return log.text()
                .lines()
                .filter(line -> line.contains(" test - "))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .toList();
    }

    private static final class Unsayable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("on purpose");
        }
    }

    private static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }
}
