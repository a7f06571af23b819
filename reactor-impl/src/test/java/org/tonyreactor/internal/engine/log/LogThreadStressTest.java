package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.LogFixture;

/** Many that say something while engines start and stop: each line is written once, or counted. */
class LogThreadStressTest {
    private static final int TALKERS = 4;
    private static final int LINES = 2_000;
    private static final int ENGINES = 200;
    private static final Pattern MISSING = Pattern.compile("(\\d+) line\\(s\\) are missing here");

    private final RecordingLogger logger = new RecordingLogger();
    private final Log log = logger.log();

    @Test
    @Timeout(60)
    void writesEachLineOnceOrCountsIt() throws InterruptedException {
        try (LogFixture own = new LogFixture()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < TALKERS; i++) {
                int talker = i;
                threads.add(new Thread(() -> talk(talker)));
            }
            threads.add(new Thread(LogThreadStressTest::startAndStop));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            Awaitility.await().until(LogThread::isIdle);
            log.info("{} {}", TALKERS, 0);
            Awaitility.await().until(() -> !LogThread.isRunning());

            assertEquals(logger.texts.size(), new HashSet<>(logger.texts).size(), "a line was written twice");
            int missing = 0;
            for (Matcher matcher = MISSING.matcher(own.text()); matcher.find(); ) {
                missing += Integer.parseInt(matcher.group(1));
            }
            assertEquals(TALKERS * LINES + 1, logger.texts.size() + missing);
        }
    }

    private void talk(int talker) {
        for (int i = 1; i <= LINES; i++) {
            log.info("{} {}", talker, i);
        }
    }

    private static void startAndStop() {
        for (int i = 0; i < ENGINES; i++) {
            LogThread.begin();
            LogThread.end(false);
        }
    }
}
