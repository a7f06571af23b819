package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Concurrently;

/** Changes of a state that come together: under every interleaving that a model checker finds the last one counts. */
class ChangeLincheckTest {
    private static final int INTERLEAVINGS = 40;
    private static final int UNCHANGED = -1;

    @Test
    void lastChangeOfEachPartCounts() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            EventLoop loop = new EventLoop("test", () -> 0, new RecordingMultiplexer());
            loop.runOnce(0);
            Inbox inbox = new Inbox(loop);
            State state = new State();
            Thread first = Concurrently.started(() -> {
                inbox.change(new Part(state, 1, UNCHANGED));
                inbox.change(new Part(state, 2, UNCHANGED));
            });
            Thread second = Concurrently.started(() -> inbox.change(new Part(state, UNCHANGED, 3)));

            inbox.run();
            Concurrently.join(first);
            Concurrently.join(second);
            inbox.run();

            assertEquals(2, state.one);
            assertEquals(3, state.other);
            assertTrue(state.changes <= 3, state.changes + " calls for three changes");
            assertEquals(0, loop.memory().budget().usedBytes());
        });
    }

    private static final class State {
        private int one;
        private int other;
        private int changes;
    }

    /** May leave a part of the state as it is. */
    private record Part(State state, int one, int other) implements Inbox.Change {
        @Override
        public Inbox.Change over(Inbox.Change earlier) {
            Part before = (Part) earlier;
            return new Part(state, one == UNCHANGED ? before.one : one, other == UNCHANGED ? before.other : other);
        }

        @Override
        public void run() {
            state.one = one == UNCHANGED ? state.one : one;
            state.other = other == UNCHANGED ? state.other : other;
            state.changes++;
        }
    }
}
