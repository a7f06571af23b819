package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/** One loop over a multiplexer of the test's, and a clock moved by hand. */
final class LoopFixture {
    static final long WAIT_SECONDS = 20;

    final ManualClock clock = new ManualClock();
    private final AtomicReference<EventLoop> loop = new AtomicReference<>();

    EventLoop owned() {
        EventLoop made = loop.get();
        if (made == null) {
            throw new AssertionError("not made yet");
        }
        return made;
    }

    void newLoop(Multiplexer multiplexer) {
        loop.set(new EventLoop("test-loop", clock, multiplexer));
    }

    interface Poll {
        int onPoll(int number);
    }

    RecordingMultiplexer.Script stopAtPoll(int last, Poll poll) {
        return (number, timeoutMillis, dispatcher) -> {
            stopAt(number, last);
            return poll.onPoll(number);
        };
    }

    /** The poll during which the loop is stopped is no empty one, whatever it returns. */
    void stopAt(int number, int last) {
        if (number == last) {
            owned().stop();
        }
    }

    void runToTheEnd(Multiplexer multiplexer) throws InterruptedException {
        newLoop(multiplexer);
        startAndJoin();
    }

    void startAndJoin() throws InterruptedException {
        owned().start();
        join(threadOf(owned()));
    }

    static Thread threadOf(EventLoop started) {
        Thread thread = started.thread();
        if (thread == null) {
            throw new AssertionError("not started");
        }
        return thread;
    }

    static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        assertFalse(thread.isAlive(), "the loop has not ended");
    }

    static void roundTrip(EventLoop real) throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        real.post(read::countDown);
        assertTrue(read.await(WAIT_SECONDS, TimeUnit.SECONDS), "the mail was not read");
    }
}
