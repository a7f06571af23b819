package org.tonyreactor.internal.engine.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The handshake of a reader that is about to sleep and a writer that puts a mail. */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Asleep, and woken.")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "The mail was seen: awake.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Awake, and woken all the same.")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "Asleep with mail.")
public class MailboxStress {
    private int wakeups;
    private final Mailbox mailbox = new Mailbox(() -> wakeups++);

    @Actor
    public void reader(ZZ_Result result) {
        result.r1 = mailbox.fallAsleep();
    }

    @Actor
    public void writer() {
        mailbox.post(() -> {});
    }

    @Arbiter
    public void afterwards(ZZ_Result result) {
        result.r2 = wakeups > 0;
    }
}
