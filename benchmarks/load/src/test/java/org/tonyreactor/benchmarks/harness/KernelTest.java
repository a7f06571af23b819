package org.tonyreactor.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tonyreactor.benchmarks.harness.Kernel.Processors;
import org.tonyreactor.benchmarks.harness.Kernel.ThreadTimes;

/** What is made of the kernel's files. */
final class KernelTest {
    private static final Processors BEFORE = Processors.parse("cpu  100 10 200 5000 50 5 20 7 0 0");

    @Test
    void cpuTimeOfAThreadIsTheFirstFieldOfItsLine() {
        assertEquals(1_234_567, ThreadTimes.running("1234567 890 12"));
    }

    @Test
    void threadThatIsNewInBetweenCountsFromItsBeginningAndOneThatHasEndedDoesNotCount() {
        var before = new ThreadTimes(Map.of("41", 1_000_000_000L, "42", 5_000_000_000L));
        var after = new ThreadTimes(Map.of("41", 1_500_000_000L, "43", 250_000_000L));

        assertEquals(0.75, after.secondsSince(before), 1e-9);
    }

    @Test
    void residentMemoryIsTheLineOfThatName() {
        List<String> lines = List.of("0000-ffff ---p 00000000 00:00 0 [rollup]", "Rss:    2048 kB", "Pss:    1024 kB");

        assertEquals(2_097_152, Kernel.residentBytes(lines));
    }

    @Test
    void waitingForDisksAndStolenTimeAreNotBusy() {
        assertEquals(3.35, BEFORE.allSeconds() - BEFORE.idleSeconds() - BEFORE.stolenSeconds(), 1e-9);
        assertEquals(0.07, BEFORE.stolenSeconds(), 1e-9);
    }

    @Test
    void noiseIsWhatIsStolenAndWhatIsBusyBesideServerAndGenerator() {
        Processors after = Processors.parse("cpu  250 10 350 5100 50 5 40 17 0 0");

        // Busy for 3.2 s, of which 3.0 s are our own; 0.1 s stolen; in 2 s.
        assertEquals(0.15, after.since(BEFORE).othersSeconds(3.0) / 2, 1e-9);
    }

    @Test
    void noiseIsNotNegativeWhenTheKernelCountsInSteps() {
        Processors after = Processors.parse("cpu  250 10 350 5100 50 5 40 7 0 0");

        assertEquals(0, after.since(BEFORE).othersSeconds(3.21) / 2, 1e-9);
    }

    @Test
    void ownProcessHasTakenTimeAndMemory() throws Exception {
        long pid = ProcessHandle.current().pid();

        assertTrue(ThreadTimes.of(pid).secondsSince(new ThreadTimes(Map.of())) > 0);
        assertTrue(Kernel.residentBytes(pid) > 1_000_000);
    }
}
