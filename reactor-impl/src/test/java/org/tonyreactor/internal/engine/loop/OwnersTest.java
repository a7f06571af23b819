package org.tonyreactor.internal.engine.loop;

import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Trespass;

/** What belongs to a loop is for its thread. */
class OwnersTest {
    private final EventLoop loop = new EventLoop("owned", new ManualClock(), new RecordingMultiplexer());

    @Test
    void catchesAnotherThreadThatUsesALoop() throws Exception {
        Trespass.owned(loop);

        Trespass.assertCaught(loop::requestTurn);
        Trespass.assertCaught(loop::nowNanos);
        Trespass.assertCaught(() -> loop.schedule(0, () -> {}));
    }

    @Test
    void catchesAnotherThreadThatUsesATimer() throws Exception {
        Trespass.owned(loop);
        TimerGroup group = new TimerGroup(Runnable::run, new Inbox(loop), loop.timers());

        Trespass.assertCaught(() -> loop.newTimer(0, () -> {}).join(group));
        Trespass.assertCaught(group::cancelAll);
    }

    @Test
    void catchesAnotherThreadThatReadsAnInbox() throws Exception {
        Inbox inbox = new Inbox(Trespass.owned(loop));

        Trespass.assertCaught(inbox);
        Trespass.assertCaught(inbox::nothingWaits);
        Trespass.assertCaught(inbox::seal);
    }

    @Test
    void letsAnyThreadSendMail() throws Exception {
        Trespass.owned(loop);

        Trespass.assertAllowed(() -> loop.post(() -> {}));
        Trespass.assertAllowed(() -> loop.newTimer(0, () -> {}).cancel());
    }

    @Test
    void belongsToNobodyBeforeItsFirstTurn() throws Exception {
        Trespass.assertAllowed(loop::requestTurn);
    }

    @Test
    void belongsToNobodyOnceItHasEnded() throws Exception {
        Trespass.owned(loop).stop();

        Trespass.assertAllowed(loop::requestTurn);
    }
}
