package org.tonyreactor.internal.engine.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A counter that one thread writes and others read. */
public final class CounterStress {
    private static final long BOTH_HALVES = 0x1_0000_0001L;

    private CounterStress() {}

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 0", "0, 4294967297", "4294967297, 4294967297"},
            expect = Expect.ACCEPTABLE,
            desc = "Before or after.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Torn, or gone back.")
    public static class IsNeverTornAndNeverGoesBack {
        private final Counter counter = new Counter();
        private final Counter same = counter;

        @Actor
        public void write() {
            counter.add(BOTH_HALVES);
        }

        @Actor
        public void read(JJ_Result result) {
            result.r1 = counter.get();
            result.r2 = same.get();
        }
    }

    @JCStressTest(Mode.Termination)
    @State
    @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "Seen.")
    @Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "Never seen.")
    public static class IsSeenInTheEnd {
        private final Counter counter = new Counter();

        @Actor
        public void read() {
            while (counter.get() == 0) {
                // Ends with the signal.
            }
        }

        @Signal
        public void write() {
            counter.increment();
        }
    }
}
