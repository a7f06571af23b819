package org.tonyreactor.internal.engine.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** Two threads that take of a bound within which only one of them has room. */
@JCStressTest
@State
@Outcome(
        id = {"true, false, 600", "false, true, 600"},
        expect = Expect.ACCEPTABLE,
        desc = "One of them.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The bound is passed, or bytes are lost.")
public class MemoryBudgetStress {
    private final MemoryBudget budget = new MemoryBudget();

    /** With a bound. */
    public MemoryBudgetStress() {
        budget.limit(1_000, 50);
    }

    @Actor
    public void one(ZZJ_Result result) {
        result.r1 = budget.take(600, true);
    }

    @Actor
    public void other(ZZJ_Result result) {
        result.r2 = budget.take(600, true);
    }

    @Arbiter
    public void afterwards(ZZJ_Result result) {
        result.r3 = budget.takenBytes();
    }
}
