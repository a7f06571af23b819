package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AcceptPaceTest {
    private static final int SEVERAL = 2;

    private final AcceptPace pace = new AcceptPace();

    @Test
    void peersThatComeOneByOneAreAcceptedWithoutRest() {
        for (int i = 0; i < 5; i++) {
            assertEquals(0, turn(1));
        }
    }

    @Test
    void theRestGrowsWhileSeveralPeersComeInATurn() {
        assertEquals(AcceptPace.MIN_PARK_NANOS, turn(SEVERAL));
        assertEquals(2 * AcceptPace.MIN_PARK_NANOS, turn(SEVERAL));
        assertEquals(4 * AcceptPace.MIN_PARK_NANOS, turn(AcceptPace.ENOUGH - 1));
        for (int i = 0; i < 10; i++) {
            turn(SEVERAL);
        }
        assertEquals(AcceptPace.MAX_PARK_NANOS, turn(SEVERAL));
    }

    @Test
    void theRestStaysWhereEnoughPeersCome() {
        turn(SEVERAL);
        assertEquals(AcceptPace.MIN_PARK_NANOS, turn(AcceptPace.ENOUGH));
        assertEquals(AcceptPace.MIN_PARK_NANOS, turn(2 * AcceptPace.ENOUGH));
    }

    @Test
    void theRestShrinksToNothingWhenMoreThanPlentyCome() {
        turn(SEVERAL);
        turn(SEVERAL);
        assertEquals(AcceptPace.MIN_PARK_NANOS, turn(2 * AcceptPace.ENOUGH + 1));
        assertEquals(0, turn(2 * AcceptPace.ENOUGH + 1));
    }

    @Test
    void aClientThatConnectsAgainAndAgainIsSoonNotKeptWaiting() {
        for (int i = 0; i < 10; i++) {
            turn(SEVERAL);
        }
        assertEquals(AcceptPace.MAX_PARK_NANOS / 2, turn(1));
        for (long rest = AcceptPace.MAX_PARK_NANOS / 4; rest >= AcceptPace.MIN_PARK_NANOS; rest /= 2) {
            assertEquals(rest, turn(1));
        }
        assertEquals(0, turn(1));
    }

    @Test
    void turnsWithoutPeersAreNotFollowedByRestAndChangeNothing() {
        turn(SEVERAL);
        assertEquals(0, turn(0));
        assertEquals(2 * AcceptPace.MIN_PARK_NANOS, turn(SEVERAL));
    }

    /** A turn that accepts so many; returns the rest after it. */
    private long turn(int peers) {
        for (int i = 0; i < peers; i++) {
            pace.onAccepted();
        }
        return pace.parkNanos();
    }
}
