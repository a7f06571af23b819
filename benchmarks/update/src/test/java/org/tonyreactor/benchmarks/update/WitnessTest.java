package org.tonyreactor.benchmarks.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private final Witness witness = new Witness();

    @Test
    void findsNothingWrongWithALifeOfTwoVersions() {
        tell("made", "suspended", "resumed", "lost");

        assertEquals(0, count("breaches"));
        assertEquals(0, count("open"));
    }

    @Test
    void findsAConnectionThatIsLostTwice() {
        tell("made", "lost", "lost");

        assertEquals(1, count("breaches"));
    }

    @Test
    void findsAConnectionThatIsLostInTheOldVersionAfterItWasSuspended() {
        tell("made", "suspended", "lost");

        assertEquals(1, count("breaches"));
    }

    @Test
    void findsAConnectionThatIsMadeAnewInsteadOfResumed() {
        tell("made", "suspended", "made");

        assertEquals(1, count("breaches"));
    }

    @Test
    void findsWhatAVersionReportsOfItself() {
        tell("made", "wrong.timer");

        assertEquals(1, count("breaches"));
        assertEquals(List.of("wrong.timer on connection 7"), List.copyOf(witness.breaches()));
    }

    @Test
    void countsWhatIsStillOpen() {
        tell("made", "suspended");

        assertEquals(1, count("open"));
    }

    private void tell(String... story) {
        for (String what : story) {
            witness.accept(what, 7L);
        }
    }

    private long count(String what) {
        return witness.counts().getOrDefault(what, 0L);
    }
}
