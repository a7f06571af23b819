package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Code that a loop has called and that nobody refers to any more is unloaded while the loop waits, although the
 * just-in-time compiler has inlined it. The loop runs in a process of its own, where nothing else was compiled before and
 * the compiler decides the same nearly every time: a loop that keeps what it called may pass once in many runs, one that
 * does not never fails.
 */
@Timeout(60)
class UnloadingBehaviourTest {
    private static final long END_SECONDS = 20;

    @Test
    void unloadsEveryVersionThatHasGone() throws Exception {
        Process process = UnloadingFixture.start();
        try (BufferedReader output = process.inputReader()) {
            assertEquals("unloaded " + UnloadingFixture.VERSIONS, output.readLine());
            assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue());
    }
}
