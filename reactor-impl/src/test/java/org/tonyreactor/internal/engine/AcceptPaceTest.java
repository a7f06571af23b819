package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AcceptPaceTest {
    private static final long START_NANOS = 5_000_000_000L;

    private final AcceptPace pace = new AcceptPace(START_NANOS);

    @Test
    void peersThatComeOneByOneAreAcceptedWithoutRest() {
        for (int i = 0; i < 5; i++) {
            assertEquals(0, acceptAt(START_NANOS + i * AcceptPace.QUICK_NANOS));
        }
    }

    @Test
    void peersInQuickSuccessionAreGathered() {
        assertEquals(0, acceptAt(START_NANOS));
        long nowNanos = START_NANOS + AcceptPace.QUICK_NANOS - 1;
        for (int i = 0; i < 5; i++) {
            assertEquals(AcceptPace.REST_NANOS, acceptAt(nowNanos));
            nowNanos += AcceptPace.REST_NANOS + AcceptPace.QUICK_NANOS - 1; // As late as it may be after the rest.
        }
        assertEquals(0, acceptAt(nowNanos + 1));
    }

    @Test
    void turnsWithoutPeersAreNotFollowedByRest() {
        assertEquals(0, acceptAt(START_NANOS));
        assertEquals(AcceptPace.REST_NANOS, acceptAt(START_NANOS + 1));
        assertEquals(0, pace.restNanos(START_NANOS + 2));
    }

    private long acceptAt(long nanos) {
        pace.onAccepted();
        return pace.restNanos(nanos);
    }
}
