package org.tonyreactor.internal.engine.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/** Two threads that call, and the loop that runs what has come. */
@JCStressTest
@State
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "Each call ran once, with what its caller had written.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A call is lost, ran twice, or ran without what its caller had written.")
public class InboxStress {
    private static final Multiplexer NO_WIRES = new NoWires();

    private final Inbox inbox = new Inbox(new EventLoop("stress", () -> 0, NO_WIRES));
    private int one;
    private int other;
    private int sumOfOne;
    private int sumOfOther;
    private int ran;

    @Actor
    public void first() {
        one = 1;
        inbox.push(this::runOne, 1, Inbox.CAPACITY, Long.MAX_VALUE);
    }

    @Actor
    public void second() {
        other = 1;
        inbox.push(this::runOther, 1, Inbox.CAPACITY, Long.MAX_VALUE);
    }

    @Actor
    public void loop() {
        inbox.run();
    }

    @Arbiter
    public void afterwards(III_Result result) {
        inbox.run();
        result.r1 = sumOfOne;
        result.r2 = sumOfOther;
        result.r3 = ran;
    }

    private void runOne() {
        sumOfOne += one;
        ran++;
    }

    private void runOther() {
        sumOfOther += other;
        ran++;
    }
}
