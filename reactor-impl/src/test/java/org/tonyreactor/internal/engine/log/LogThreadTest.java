package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.LogFixture;

@Timeout(30)
class LogThreadTest {
    private final RecordingLogger logger = new RecordingLogger();
    private final Log log = logger.log();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final LogFixture own = new LogFixture();

    @BeforeEach
    void begin() {
        Awaitility.await().until(() -> !LogThread.isRunning());
        LogThread.begin();
    }

    @AfterEach
    void end() {
        released.countDown();
        LogThread.end(true);
        own.close();
    }

    @Test
    void writesInTheOrderOfSaying() {
        for (int i = 0; i < 100; i++) {
            log.info("{}", i);
        }

        awaitIdle();
        assertEquals("INFO 99", logger.texts.get(99));
        assertEquals(100, logger.texts.size());
    }

    @Test
    void nobodyWaitsForALogThatWaits() throws Exception {
        block();

        for (int i = 0; i < 10 * LogThread.CAPACITY; i++) {
            log.info("{}", i);
        }

        assertFalse(LogThread.isIdle());
        released.countDown();
        awaitIdle();
        assertEquals(LogThread.CAPACITY + 1, logger.texts.size());
        assertTrue(
                own.text().contains(9 * LogThread.CAPACITY + " line(s) are missing here: the log did not take them"),
                own::text);
    }

    @Test
    void boundsTheCharactersThatWait() throws Exception {
        block();
        String fourKilobytes = "x".repeat(PrintableText.MAX_CHARS);

        for (int i = 0; i < LogThread.CAPACITY; i++) {
            log.info("{}", fourKilobytes);
        }

        released.countDown();
        awaitIdle();
        assertEquals(LogThread.CAPACITY_CHARS / PrintableText.MAX_CHARS, logger.texts.size());
    }

    @Test
    void whoeverStopsTheLastEngineWaitsForABlockedLogWithinABound() throws Exception {
        block();
        log.info("waits");

        LogThread.end(true);

        assertTrue(LogThread.isRunning());
        LogThread.begin();
        released.countDown();
        awaitIdle();
        assertEquals(List.of("INFO blocks", "INFO waits"), logger.texts);
    }

    @Test
    void leavesWithTheLastEngineWhenAllIsWritten() {
        log.info("one");
        LogThread.begin();
        LogThread.end(true);
        assertTrue(LogThread.isRunning());

        LogThread.end(true);

        assertFalse(LogThread.isRunning());
        assertEquals(List.of("INFO one"), logger.texts);
        log.info("two");
        assertEquals(List.of("INFO one", "INFO two"), logger.texts);
        LogThread.begin();
    }

    @Test
    void saysWhatALogHasRefusedOnceItTakesLinesAgain() {
        CountDownLatch failed = new CountDownLatch(2);
        logger.before = () -> {
            failed.countDown();
            throw new OutOfMemoryError("on purpose");
        };
        log.info("lost");
        log.info("lost, too");
        awaitIdle();
        assertEquals(0, failed.getCount());

        Awaitility.await()
                .until(() -> own.text()
                                .lines()
                                .filter(line -> line.contains("could not be logged"))
                                .count()
                        == 2);
        assertFalse(LogThread.isShort());
    }

    private void block() throws InterruptedException {
        logger.before = () -> {
            reached.countDown();
            awaitRelease();
        };
        log.info("blocks");
        assertTrue(reached.await(10, TimeUnit.SECONDS));
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitIdle() {
        Awaitility.await().until(LogThread::isIdle);
    }
}
