package org.tonyreactor.internal.engine.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.binding.FailureWatch.Quarantine;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.reactor.EndpointSettings;

/** When a binding counts as failing. Three failures and half of the connections are needed, within a second. */
class FailureWatchTest {
    private static final int NEEDED = 3;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final AtomicInteger mails = new AtomicInteger();
    private final FactoryBinding binding = new FactoryBinding(limits(), Rank.NO_SERVICE, peer -> null, 2);
    private final FailureWatch watch = binding.failures;

    @Test
    void isNotFailingBelowTheThreshold() {
        open(NEEDED - 1);
        assertNull(fail(NEEDED - 1));
    }

    @Test
    void isFailingAtTheThreshold() {
        open(NEEDED);
        assertEquals("3 of 3 connections have failed within 1000 ms", fail(NEEDED));
    }

    @Test
    void isNotFailingWhileTooFewOfItsConnectionsFail() {
        open(2 * NEEDED + 1);
        assertNull(fail(NEEDED));
        assertNotNull(fail(1), "4 of 7 is more than half");
    }

    @Test
    void isFailingAtExactlyThePercentage() {
        open(2 * NEEDED);
        assertNotNull(fail(NEEDED));
    }

    @Test
    void countsConnectionsThatEndedWellMeanwhile() {
        open(10);
        assertNull(fail(1));
        binding.counters(0).left.add(9);
        assertNull(fail(3), "4 of 10");
        assertNotNull(fail(1), "5 of 10");
    }

    @Test
    void doesNotCountConnectionsThatHadEndedBefore() {
        open(1_000);
        binding.counters(1).left.add(1_000);

        open(NEEDED);

        assertEquals("3 of 3 connections have failed within 1000 ms", fail(NEEDED), "a long good life is no excuse");
    }

    @Test
    void doesNotCountConnectionsThatHadEndedBeforeALaterWindow() {
        open(1);
        assertNull(fail(1));
        open(1_000);
        binding.counters(1).left.add(1_000);
        clock.advanceMillis(2_000);

        open(NEEDED);

        assertEquals("3 of 3 connections have failed within 1000 ms", fail(NEEDED));
    }

    @Test
    void countsConnectionsThatHaveFailedAndNotLeftYet() {
        open(2 * NEEDED + 1);
        binding.counters(0).failed.add(NEEDED);
        assertNull(watch.judge(clock.nanoTime()), "3 of 7");
        binding.counters(0).failed.add(1);
        assertEquals("4 of 7 connections have failed within 1000 ms", watch.judge(clock.nanoTime()));
    }

    @Test
    void forgetsFailuresOnceTheWindowIsOver() {
        open(NEEDED);
        fail(NEEDED - 1);
        clock.advanceMillis(1_001);
        assertNull(fail(1));
        assertNotNull(fail(NEEDED - 1), "they are counted within the new window");
    }

    @Test
    void countsFailuresUntilTheVeryEndOfTheWindow() {
        open(NEEDED);
        fail(NEEDED - 1);
        clock.advanceMillis(1_000);
        assertNotNull(fail(1));
    }

    @Test
    void windowBeginsWithAFailureAndNotBefore() {
        open(NEEDED);
        clock.advanceMillis(900);
        fail(NEEDED - 1);
        clock.advanceMillis(900);
        assertNotNull(fail(1));
    }

    @Test
    void neverFailsWhenNoThresholdIsSet() {
        binding.update(limits().withQuarantine(limits().quarantine().withFailures(0)));
        open(100);
        assertNull(fail(100));
    }

    @Test
    void appliesChangedLimitsAtTheNextFailure() {
        open(NEEDED);
        binding.update(limits().withQuarantine(limits().quarantine().withFailures(100)));
        assertNull(fail(NEEDED - 1));
        binding.update(limits());
        assertNotNull(fail(1));
    }

    @Test
    void ignoresThePercentageWhenItIsNought() {
        binding.update(limits().withQuarantine(limits().quarantine().withPercent(0)));
        open(1_000_000);
        assertNotNull(fail(NEEDED));
    }

    @Test
    void addsUpTheFailuresOfAllWorkers() {
        open(NEEDED);
        binding.counters(1).failed.add(NEEDED - 1);
        assertNotNull(fail(1));
    }

    @Test
    void countsAnewAfterARelease() {
        open(NEEDED);
        fail(NEEDED);
        watch.quarantine(new Quarantine("failing", false));

        watch.release();

        assertNull(watch.quarantine());
        open(NEEDED);
        assertNull(fail(NEEDED - 1));
        assertNotNull(fail(1));
    }

    @Test
    void onlyAQuarantineThatNobodyHasOrderedIsReleasable() {
        assertFalse(watch.isReleasable());
        watch.quarantine(new Quarantine("failing", false));
        assertTrue(watch.isReleasable());
        watch.quarantine(new Quarantine("an operator has said so", true));
        assertFalse(watch.isReleasable());
        assertEquals("an operator has said so", binding.quarantineReason());
    }

    @Test
    void sendsOneMailForAnyNumberOfFailuresUntilTheyAreJudged() {
        watch.onFailure(mails::incrementAndGet);
        watch.noteFailure();
        watch.noteFailure();
        assertEquals(1, mails.get());

        watch.judge(clock.nanoTime());
        assertEquals(1, mails.get());
        watch.noteFailure();
        assertEquals(2, mails.get());
    }

    private static EndpointSettings limits() {
        return EndpointSettings.DEFAULTS.withQuarantine(EndpointSettings.Quarantine.DEFAULTS
                .withFailures(NEEDED)
                .withPercent(50)
                .withWindowMillis(1_000));
    }

    private void open(int connections) {
        binding.assigned.add(connections);
    }

    /** Connections fail, and have left before they are counted. */
    private @Nullable String fail(int connections) {
        binding.counters(0).failed.add(connections);
        binding.counters(0).left.add(connections);
        return watch.judge(clock.nanoTime());
    }
}
