package org.tonyreactor.internal.engine.loop;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/**
 * One thread over one {@link Multiplexer}: ready channels, mail, timers, then the end of the turn. Nothing that it calls
 * can end it: what throws is logged, and the loop goes on. And what it has called can be unloaded while it waits.
 *
 * <p>The loop runs on its own thread after {@link #start}; without it a test steps it with {@link #runOnce} and a clock
 * of its own. Either way one thread owns the loop and everything on it, and {@link #inLoop} tells whether a caller is
 * that thread.
 */
public final class EventLoop implements Owner {
    /** Mails read in one turn, so that a flood of mail cannot starve the channels. */
    static final int MAILS_PER_TURN = 4096;
    /** Timers fired or moved in one turn. */
    static final int TIMERS_PER_TURN = 4096;

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.loop");

    private final String name;
    private final Clock clock;
    private final Multiplexer multiplexer;
    private final Mailbox mailbox;
    private final Poller poller;
    private final TimerWheel timers;
    /** Timers that are nobody else's, and those that have not reached the loop yet. */
    private final TimerGroup ownTimers;

    private final Multiplexer.Dispatcher dispatcher = this::dispatch;
    /** {@link #work}, never compiled into {@link #run}, which is on the stack for ever. */
    private final Runnable work = new OutOfLine(this::work);

    private final Counter turns = new Counter();

    private volatile @Nullable Thread thread;
    private volatile boolean started;
    private volatile boolean stopping;
    private volatile boolean ended;
    private Runnable turnEnd = () -> {};
    private Runnable loopEnd = () -> {};
    private long nowNanos;
    private boolean anotherTurn;
    /** Events, mails and timers of this turn. */
    private int handled;

    private long parkNanos;
    /** Clock time at which the work of this turn began, or 0. Read by the watchdog. */
    private final AtomicLong busySinceNanos = new AtomicLong();

    public EventLoop(String name, Clock clock, Multiplexer multiplexer) {
        this.name = name;
        this.clock = clock;
        this.multiplexer = multiplexer;
        this.mailbox = new Mailbox(multiplexer::wakeup);
        this.poller = new Poller(name, clock, multiplexer, mailbox, () -> stopping);
        this.nowNanos = clock.nanoTime();
        this.timers = new TimerWheel(nowNanos);
        this.ownTimers = new TimerGroup(Runnable::run, new Inbox(this), timers);
    }

    public String name() {
        return name;
    }

    public Clock clock() {
        return clock;
    }

    public TimerWheel timers() {
        return timers;
    }

    public Multiplexer multiplexer() {
        return multiplexer;
    }

    public Counter turns() {
        return turns;
    }

    public Counter rebuilds() {
        return poller.rebuilds();
    }

    /** Sets what ends every turn. Before the loop starts. */
    public void onTurnEnd(Runnable action) {
        turnEnd = action;
    }

    /** Sets what is done before the loop ends. Before the loop starts. */
    public void onLoopEnd(Runnable action) {
        loopEnd = action;
    }

    /** The time of this turn. Owner only. */
    public long nowNanos() {
        assertOwner();
        return nowNanos;
    }

    /** Whether the caller is the thread that owns this loop. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Where assertions are on: the caller is the thread that owns this loop. One that nobody has started or stepped yet
     * has no owner, and one that has ended none any more.
     */
    @Override
    public void assertOwner() {
        assert isOwnedByCaller() : name + " belongs to " + thread + ", and " + Thread.currentThread() + " calls";
    }

    private boolean isOwnedByCaller() {
        Thread owner = thread;
        return owner == null || owner == Thread.currentThread() || ended;
    }

    /** The loop's thread, or null when none runs it. Any thread. */
    @Nullable
    public Thread thread() {
        return thread;
    }

    /** Clock time since which the loop is at work without a look at its selector, or 0 while it waits. Any thread. */
    public long busySinceNanos() {
        return busySinceNanos.getOpaque();
    }

    /** Gives the loop a mail. Any thread. Returns false when the loop has ended or the mailbox is full. */
    public boolean post(Runnable mail) {
        if (ended) {
            return false;
        }
        boolean accepted = inLoop() ? mailbox.offer(mail) : mailbox.post(mail);
        if (!accepted) {
            LOG.error("{}: mailbox full at {} mails, one is dropped", name, Mailbox.CAPACITY);
        }
        return accepted;
    }

    /** Gives the loop a mail without waking it; {@link #wake} follows. Any thread. */
    public boolean offer(Runnable mail) {
        return !ended && mailbox.offer(mail);
    }

    /** Wakes the loop if it sleeps. Any thread. */
    public void wake() {
        mailbox.wake();
    }

    /** Makes the next turn come without waiting. Owner only. */
    public void requestTurn() {
        assertOwner();
        anotherTurn = true;
    }

    /** Whether this turn has found nothing to do. At its end, owner only. */
    public boolean isIdle() {
        assertOwner();
        return handled == 0;
    }

    /** Has the loop rest before its next turn, so that work gathers. A stepped loop does not rest. Owner only. */
    public void parkBeforeNextTurn(long nanos) {
        assertOwner();
        parkNanos = nanos;
    }

    /** Adds a timer of the engine's own. Owner only. */
    public Timer schedule(long delayNanos, Runnable call) {
        return schedule(ownTimers, delayNanos, call);
    }

    /** Adds a timer whose delay counts from the end of this turn, when the time is read anyway. Owner only. */
    public Timer schedule(TimerGroup group, long delayNanos, Runnable call) {
        assertOwner();
        Timer timer = Timer.ofDelay(group, delayNanos, call);
        timers.add(timer);
        return timer;
    }

    /** Whether a group is the loop's own, which never dies. Any thread. */
    boolean isOwn(TimerGroup group) {
        return group == ownTimers;
    }

    /** Makes a timer that is to join a group later and whose delay counts from now. Any thread. */
    public Timer newTimer(long delayNanos, Runnable call) {
        return Timer.ofTick(ownTimers, timers.dueTick(clock.nanoTime(), delayNanos), call);
    }

    /** Starts the loop on a thread of its own. */
    public void start() {
        Thread fresh = new Thread(this::run, name);
        fresh.setDaemon(false);
        // An inherited loader would pin the bundle that happened to start the engine.
        fresh.setContextClassLoader(EventLoop.class.getClassLoader());
        thread = fresh;
        started = true;
        fresh.start();
    }

    /** Ends the loop after its current turn; its channels are closed. Any thread; a stepped loop's own. */
    public void stop() {
        stopping = true;
        if (started) {
            multiplexer.wakeup();
        } else {
            ended = true;
            close();
        }
    }

    /**
     * One turn without waiting, at a given time, on the calling thread, which owns the loop from now on, or until it
     * leaves it. What was added since the last one counts from the time of that. For tests; not together with
     * {@link #start}.
     *
     * @return how many events, mails and timers were handled
     */
    public int runOnce(long nowNanos) {
        thread = Thread.currentThread();
        timers.place(this.nowNanos);
        this.nowNanos = nowNanos;
        anotherTurn = false;
        poll(0);
        work();
        return handled;
    }

    /** Whoever has stepped the loop is a stranger to it until the next turn, as if that were on another thread. */
    public void leave() {
        thread = null;
    }

    /** Whether there is something to do, so that the next turn is not to wait. Between two turns. */
    public boolean isDue() {
        return !mailbox.isEmpty() || anotherTurn || multiplexer.isDue();
    }

    private void run() {
        try {
            while (!stopping) {
                nowNanos = clock.nanoTime();
                timers.place(nowNanos);
                boolean waits = !isDue();
                anotherTurn = false;
                poll(waits ? timers.millisToNext(nowNanos) : 0);
                nowNanos = clock.nanoTime();
                work.run();
                if (parkNanos > 0) {
                    LockSupport.parkNanos(this, parkNanos);
                    parkNanos = 0;
                }
            }
        } finally {
            ended = true;
            readMail(); // Who has sent a mail and waits for its outcome is not left waiting.
            guarded(loopEnd);
            close();
        }
    }

    private void poll(long timeoutMillis) {
        handled = Math.max(0, poller.poll(timeoutMillis, nowNanos));
    }

    /** What a turn does after its poll: all that calls handlers, mails and timers. */
    private void work() {
        busySinceNanos.setOpaque(nowNanos | 1);
        multiplexer.dispatch(dispatcher);
        handled += readMail();
        handled += expireTimers();
        guarded(turnEnd);
        busySinceNanos.setOpaque(0);
        turns.increment();
    }

    private void dispatch(Multiplexer.ReadyHandler handler, int readyOps) {
        try {
            handler.onReady(readyOps);
        } catch (Throwable e) {
            LOG.error("{}: an event of {} failed", name, handler, e);
        }
    }

    private int readMail() {
        int read = 0;
        for (Runnable mail; read < MAILS_PER_TURN && (mail = mailbox.poll()) != null; read++) {
            guarded(mail);
        }
        return read;
    }

    private int expireTimers() {
        try {
            return timers.expire(nowNanos, TIMERS_PER_TURN);
        } catch (Throwable e) {
            LOG.error("{}: a timer of the engine failed", name, e);
            return 1;
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            LOG.error("{}: {} failed", name, action, e);
        }
    }

    private void close() {
        try {
            multiplexer.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: closing its selector failed", name, e);
        }
    }
}
