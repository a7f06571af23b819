package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/**
 * One thread over one {@link Multiplexer}: ready channels, mail, timers, then the end of the turn. No call can end the
 * loop: an exception is reported, and the loop continues. Code that the loop has called can be unloaded while the loop
 * waits.
 *
 * <p>A turn that fails as a whole (its clock or its multiplexer throws) is tried again,
 * {@link LoopThread#FAILED_TURNS_BEFORE_DEATH} times in a row; then the thread ends. If the thread has ended but the
 * loop was not stopped, the thread is dead: mail and timers stay, and {@link #restart} replaces it by a new thread.
 *
 * <p>The loop runs on its own thread after {@link #start}; otherwise a test steps it with {@link #runOnce} and its own
 * clock. In both cases one thread owns the loop and everything on it; {@link #inLoop} says whether the caller is that
 * thread.
 */
public final class EventLoop implements Owner {
    /** Mails read in one turn, so that a flood of mail cannot starve the channels. */
    static final int MAILS_PER_TURN = 4096;
    /** Timers fired or moved in one turn. */
    static final int TIMERS_PER_TURN = 4096;

    private static final Log LOG = Log.named("org.tonyreactor.loop");
    private static final AtomicReferenceFieldUpdater<EventLoop, @Nullable Thread> THREAD =
            AtomicReferenceFieldUpdater.newUpdater(EventLoop.class, Thread.class, "thread");

    private final String name;
    private final Clock clock;
    private final Multiplexer multiplexer;
    private final Mailbox mailbox;
    private final Poller poller;
    private final TimerWheel timers;
    /** Timers that belong to no other group, and those that have not reached the loop yet. */
    private final TimerGroup ownTimers;

    private final Housekeeping housekeeping;
    private final MissedInboxes missedInboxes = new MissedInboxes();

    private final Guard guard;
    private final Runnable dispatching;
    /** {@link #work}, never compiled into {@link #turn}, which is on the stack for ever. */
    private final Runnable work = new OutOfLine(this::work);

    private final Runnable recoverTimers;

    private final Counter turns = new Counter();
    private final LoopThread life = new LoopThread(this);
    private final LoopMemory memory;

    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean ended;
    private Runnable turnEnd = () -> {};
    private Runnable loopEnd = () -> {};

    private long nowNanos;
    private boolean anotherTurn;

    /** Events, mails and timers of this turn. */
    private int handled;

    private long parkNanos;
    private final PresentTurn presentTurn = new PresentTurn();

    /** A loop whose memory has no bound. */
    public EventLoop(String name, Clock clock, Multiplexer multiplexer) {
        this(name, clock, multiplexer, new MemoryBudget());
    }

    public EventLoop(String name, Clock clock, Multiplexer multiplexer, MemoryBudget budget) {
        this.name = name;
        this.clock = clock;
        this.multiplexer = multiplexer;
        this.mailbox = new Mailbox(multiplexer::wakeup);
        this.poller = new Poller(name, clock, multiplexer, mailbox, () -> stopping);
        this.nowNanos = clock.nanoTime();
        this.timers = new TimerWheel(nowNanos);
        this.guard = new Guard(name);
        this.dispatching = () -> multiplexer.dispatch(guard);
        this.recoverTimers = timers::recover;
        this.housekeeping = new Housekeeping(name);
        this.memory = new LoopMemory(budget, this);
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

    /** What of the engine's memory waits on this loop. */
    public LoopMemory memory() {
        return memory;
    }

    public Counter rebuilds() {
        return poller.rebuilds();
    }

    /** How often its thread had died and was replaced. */
    public Counter restarts() {
        return life.restarts();
    }

    /** Sets the action that ends every turn. Before the loop starts. */
    public void onTurnEnd(Runnable action) {
        turnEnd = action;
    }

    /** Sets the action that is done before the loop ends. Before the loop starts. */
    public void onLoopEnd(Runnable action) {
        loopEnd = action;
    }

    /** Does something again and again; its period is asked for each time. Before the loop starts. */
    public void every(LongSupplier periodMillis, Runnable action) {
        housekeeping.add(periodMillis, action, nowNanos);
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
     * If assertions are on, checks that the caller is the thread that owns this loop. A loop that was not started or
     * stepped yet has no owner, and a loop that has ended has no owner any more.
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

    /** What it is at. Any thread may look. */
    public PresentTurn presentTurn() {
        return presentTurn;
    }

    /** Gives the loop a mail. Any thread. Returns false when the loop has ended or the mailbox is full. */
    public boolean post(Runnable mail) {
        if (ended) {
            return false;
        }
        boolean accepted = inLoop() ? mailbox.offer(mail) : mailbox.post(mail);
        if (!accepted) {
            LOG.errorOfKind(
                    "mail is dropped", name, "{}: mailbox full at {} mails, one is dropped", name, Mailbox.CAPACITY);
        }
        return accepted;
    }

    /** Sends the loop an inbox that has something in it. One that finds no room is found by a look at all of them. */
    void deliver(Inbox inbox) {
        boolean accepted = false;
        try {
            accepted = post(inbox);
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, Doing.SENDING_MAIL, e);
        }
        if (!accepted && !ended) {
            missedInboxes.note();
            wake();
        }
    }

    /** Inboxes that have found no room in the mailbox. Any thread may call what is for any thread. */
    public MissedInboxes missedInboxes() {
        return missedInboxes;
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

    /** Waits a little before the next turn, which will try again what has failed. Owner only. */
    public void backOff() {
        parkBeforeNextTurn(LoopThread.BACK_OFF_NANOS);
        requestTurn();
    }

    /**
     * Ends the thread, but not the loop, after this turn: something has failed too often. A new thread takes over.
     * Owner only.
     */
    public void die() {
        assertOwner();
        life.die();
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
        life.startAfter(thread);
    }

    /** A thread for this loop, not started. */
    Thread newThread(Runnable body) {
        Thread fresh = new Thread(body, name);
        fresh.setDaemon(false);
        // An inherited loader would pin the bundle that happened to start the engine.
        fresh.setContextClassLoader(EventLoop.class.getClassLoader());
        // Else the JDK prints it, and a thread that waits for standard error has not ended.
        fresh.setUncaughtExceptionHandler((ended, e) -> FailureReport.failed(LOG, name, Doing.WHOLE_TURN, e));
        return fresh;
    }

    /** Gives the loop to another thread, unless another caller has done so. */
    boolean replaceThread(@Nullable Thread before, @Nullable Thread after) {
        return THREAD.compareAndSet(this, before, after);
    }

    /** Whether the loop's thread has ended although the loop was not stopped. Any thread. */
    public boolean isDead() {
        return life.isStarted() && !ended && LoopThread.hasEnded(thread);
    }

    /**
     * Replaces the dead thread by a new one. Mail and timers are kept. Only the thread that watches the loop calls this.
     *
     * @param first the action of the new thread before its first turn
     */
    public void restart(Runnable first) {
        Thread dead = thread;
        if (dead != null && LoopThread.hasEnded(dead)) {
            life.restart(dead, first);
        }
    }

    /** Ends the loop after its current turn; its channels are closed. Any thread; a stepped loop's own. */
    public void stop() {
        stopping = true;
        Thread current = thread;
        if (isDead() && LoopThread.hasEnded(current)) {
            life.startAfter(current); // A thread has to end the loop.
        } else if (life.isStarted()) {
            multiplexer.wakeup();
        } else {
            ended = true;
            close();
        }
    }

    /**
     * One turn without waiting, at a given time, on the calling thread, which owns the loop from now on, or until it
     * leaves it. Timers that were added since the last turn count from the time of that turn. For tests; not together
     * with {@link #start}.
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

    /** The thread that has stepped the loop does not own it until the next turn, as if that turn were on another thread. */
    public void leave() {
        thread = null;
    }

    /** Whether there is something to do, so that the next turn is not to wait. Between two turns. */
    public boolean isDue() {
        return !mailbox.isEmpty() || anotherTurn || multiplexer.isDue();
    }

    boolean isStopping() {
        return stopping;
    }

    /** One turn. Returns false when it has failed as a whole. */
    boolean turn() {
        try {
            nowNanos = clock.nanoTime();
            timers.place(nowNanos);
            boolean waits = !isDue();
            anotherTurn = false;
            boolean polled = poll(waits ? housekeeping.millisToNext(nowNanos, timers.millisToNext(nowNanos)) : 0);
            nowNanos = clock.nanoTime();
            work.run();
            if (parkNanos > 0) {
                LockSupport.parkNanos(this, parkNanos);
                parkNanos = 0;
            }
            return polled;
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, Doing.WHOLE_TURN, e);
            guard.accept(recoverTimers);
            return false;
        }
    }

    /** Repairs what a dead thread may have left half done. On the new thread, before its first turn. */
    void recover(Runnable first) {
        parkNanos = 0;
        anotherTurn = true;
        guard.accept(recoverTimers);
        guard.accept(first);
        poller.rebuild();
    }

    /** The last turn is over, and the loop with it. */
    void end() {
        ended = true;
        readMail(); // A caller that has sent a mail and waits for its outcome must not wait for ever.
        guard.accept(loopEnd);
        close();
    }

    private boolean poll(long timeoutMillis) {
        int ready = poller.poll(timeoutMillis, nowNanos);
        handled = Math.max(0, ready);
        return ready != Poller.FAILED;
    }

    /** The part of a turn after its poll: it calls handlers, mails and timers. */
    private void work() {
        presentTurn.begin(nowNanos);
        guard.run(Doing.DISPATCHING, dispatching);
        handled += readMail();
        handled += expireTimers();
        housekeeping.run(nowNanos);
        guard.accept(turnEnd);
        presentTurn.end();
        turns.increment();
    }

    private int readMail() {
        missedInboxes.look(guard);
        int read = 0;
        for (Runnable mail; read < MAILS_PER_TURN && (mail = mailbox.poll()) != null; read++) {
            guard.accept(mail);
        }
        return read;
    }

    private int expireTimers() {
        try {
            return timers.expire(nowNanos, TIMERS_PER_TURN);
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, Doing.ENGINE_TIMER, e);
            if (e instanceof Error) {
                guard.accept(recoverTimers); // It may have come from anywhere.
            }
            return 1;
        }
    }

    private void close() {
        try {
            multiplexer.close();
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, Doing.CLOSING, e);
        }
    }
}
