package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.LogFixture;

/** Without an engine: whoever says something writes it. */
class LogTest {
    private final RecordingLogger logger = new RecordingLogger();
    private final Log log = logger.log();

    @BeforeEach
    void forgetOtherKinds() {
        Awaitility.await().until(() -> !LogThread.isRunning());
        Log.sumUp();
        Log.sumUp();
    }

    @Test
    void putsArgumentsIntoTheirPlacesAndEscapesThem() {
        log.info("{} and {} of {}", 1, "two\nlines", null);

        assertEquals(List.of("INFO 1 and two\\u000Alines of null"), logger.texts);
    }

    @Test
    void leavesPlacesWithoutArgumentsAndArgumentsWithoutPlacesAlone() {
        log.warn("{} of {}", "one {}");
        log.warn("none", "superfluous");

        assertEquals(List.of("WARN one {} of {}", "WARN none"), logger.texts);
    }

    @Test
    void tellsWhatWasThrownWithItsStack() {
        log.error("{} failed", "it", new IllegalStateException("because"));

        assertEquals(1, logger.texts.size());
        String text = logger.texts.get(0);
        assertTrue(text.startsWith("ERROR it failed: java.lang.IllegalStateException: because\n\tat "), text);
    }

    @Test
    void tellsTheFirstOfAKindAndCountsTheOthers() {
        for (int i = 0; i < 1_000; i++) {
            log.warnOfKind("it breaks", "a bundle\n", "{} breaks for the time {}", "it", i);
        }
        Log.sumUp();
        Log.sumUp();

        assertEquals(
                List.of("WARN it breaks for the time 0", "WARN a bundle\\u000A: it breaks, 999 more within a second"),
                logger.texts);
    }

    @Test
    void tellsTheFirstAgainAfterTheSum() {
        for (int second = 0; second < 3; second++) {
            log.errorOfKind("it breaks", "", "it breaks");
            log.errorOfKind("it breaks", "", "it breaks");
            Log.sumUp();
        }

        assertEquals(
                IntStream.range(0, 3)
                        .boxed()
                        .flatMap(second ->
                                List.of("ERROR it breaks", "ERROR it breaks, 1 more within a second").stream())
                        .toList(),
                logger.texts);
    }

    @Test
    void tellsKindsOfOthersApart() {
        log.warnOfKind("it breaks", "one", "one");
        log.warnOfKind("it breaks", "two", "two");
        log.warnOfKind("it ends", "one", "three");
        logger.log().warnOfKind("it breaks", "one", "four");

        assertEquals(List.of("WARN one", "WARN two", "WARN three", "WARN four"), logger.texts);
    }

    @Test
    void countsWhatIsOfTooManyKindsWithoutAName() {
        try (LogFixture own = new LogFixture()) {
            for (int i = 0; i < Kinds.MAX_KINDS + 5; i++) {
                log.warnOfKind("kind " + i, "", "one");
            }
            Log.sumUp();

            assertEquals(Kinds.MAX_KINDS, logger.texts.size());
            assertTrue(own.text().contains("5 failure(s) of more than 128 kinds within a second"), own::text);
        }
    }

    @Test
    void countsWhatTheLogDoesNotTakeAndSaysItLater() {
        try (LogFixture own = new LogFixture()) {
            logger.before = () -> {
                throw new OutOfMemoryError("on purpose");
            };
            log.error("lost");
            log.error("lost, too");
            logger.before = () -> {};

            log.error("told");

            assertEquals(List.of("ERROR told"), logger.texts);
            List<String> lines = own.text().lines().toList();
            assertEquals(2, lines.size(), own::text);
            assertTrue(lines.get(0).contains("1 failure(s) could not be logged"), own::text);
        }
    }
}
