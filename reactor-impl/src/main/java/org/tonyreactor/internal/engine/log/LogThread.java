package org.tonyreactor.internal.engine.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the log in place of those who say something. Lines go through a queue with two bounds; one that does not fit is
 * dropped and counted, and the next that fits says how many were. The thread is a daemon, is there while an engine runs,
 * and leaves when the last one has stopped and nothing waits. While there is none, whoever puts a line writes what waits.
 *
 * <p>What could not even be put, for want of memory, is counted. This says so in the log, and while that cannot be, in a
 * line to standard error that was prepared while there was memory.
 *
 * <p>Any thread.
 */
public final class LogThread {
    /** How many lines wait. */
    static final int CAPACITY = 1_024;
    /** How many characters they have. */
    static final long CAPACITY_CHARS = 1 << 20;
    /** How long whoever stops the last engine waits until all is written. */
    static final long END_MILLIS = 1_000;

    private static final long RETRY_MILLIS = 100;
    private static final long IDLE_MILLIS = 10_000;
    private static final byte[] PREPARED_LINE =
            "tonyReactor: a failure could not be logged, so little memory is left; how many there were follows\n"
                    .getBytes(StandardCharsets.US_ASCII);
    /** Not System.err, whose stream may be anybody's. */
    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    private static final Log LOG = Log.named("org.tonyreactor.log");
    /** Says nothing: has the thread look. */
    private static final Line LOOK = new Line(LOG.logger(), Level.DEBUG, "");

    private static final ArrayBlockingQueue<Line> LINES = new ArrayBlockingQueue<>(CAPACITY);
    private static final AtomicLong WAITING_CHARS = new AtomicLong();
    private static final AtomicLong DROPPED = new AtomicLong();
    private static final AtomicLong UNSAID = new AtomicLong();
    private static final AtomicBoolean PREPARED_LINE_WRITTEN = new AtomicBoolean();
    /** How many lines are put and not written yet. */
    private static final AtomicInteger WAITING = new AtomicInteger();

    private static final AtomicInteger ENGINES = new AtomicInteger();
    private static final AtomicReference<@Nullable Thread> WRITER = new AtomicReference<>();

    private LogThread() {}

    /** An engine starts. */
    public static void begin() {
        ENGINES.incrementAndGet();
        replace(null);
    }

    /**
     * An engine has stopped.
     *
     * @param waits whether to wait, within a bound, until all is written; not on a thread that must not wait
     */
    public static void end(boolean waits) {
        Thread writer = WRITER.get();
        if (ENGINES.decrementAndGet() > 0 || writer == null) {
            return;
        }
        look();
        if (waits) {
            try {
                writer.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether all that was said is written. */
    public static boolean isIdle() {
        return WAITING.get() == 0;
    }

    /** Whether there is a thread that writes. */
    static boolean isRunning() {
        return WRITER.get() != null;
    }

    /** Something could not be said: nothing of this needs memory. */
    public static void countUnsaid() {
        boolean first = UNSAID.getAndIncrement() == 0;
        if (WRITER.get() == null) {
            writePreparedLine();
        } else if (first) {
            look();
        }
    }

    /**
     * Whether something could not be said and the thread still tries to tell so. Until it has, nothing else is to be tried:
     * each try may cost a collection of the whole heap.
     */
    public static boolean isShort() {
        return UNSAID.getOpaque() != 0 && WRITER.get() != null;
    }

    static void put(Line line) {
        long dropped = DROPPED.get();
        Line told = line.after(dropped); // First, since it needs memory.
        boolean tells = DROPPED.compareAndSet(dropped, 0);
        if (!offer(tells ? told : line)) {
            DROPPED.addAndGet(tells ? dropped + 1 : 1);
        }
        Thread writer = WRITER.get();
        if (writer == null) {
            writeAll();
        } else if (!writer.isAlive() && writer.getState() == Thread.State.TERMINATED) {
            replace(writer);
        }
    }

    private static boolean offer(Line line) {
        boolean taken = false;
        WAITING.incrementAndGet();
        try {
            taken = WAITING_CHARS.addAndGet(line.text().length()) <= CAPACITY_CHARS && LINES.offer(line);
            return taken;
        } finally {
            if (!taken) {
                waitsNoMore(line);
            }
        }
    }

    private static void look() {
        boolean unused = offer(LOOK); // A full queue has it look, too.
    }

    private static void replace(@Nullable Thread before) {
        Thread fresh = new Thread(LogThread::run, "reactor-log");
        fresh.setDaemon(true);
        fresh.setContextClassLoader(LogThread.class.getClassLoader());
        if (WRITER.compareAndSet(before, fresh)) {
            try {
                fresh.start();
            } catch (Throwable e) {
                WRITER.set(null); // Who puts a line writes it.
            }
        }
    }

    private static void run() {
        do {
            try {
                Line line = LINES.poll(UNSAID.get() != 0 ? RETRY_MILLIS : IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (line != null) {
                    write(line);
                } else {
                    sayWhatIsMissing();
                }
            } catch (InterruptedException e) {
                // It means nothing to this thread.
            } catch (Throwable noMemory) {
                UNSAID.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            }
        } while (!ends());
    }

    /** Whether no one needs the thread. Who puts a line looks for the thread afterwards, so one of the two sees the other. */
    private static boolean ends() {
        if (isNeeded()) {
            return false;
        }
        Thread self = Thread.currentThread();
        WRITER.set(null);
        return !isNeeded() || !WRITER.compareAndSet(null, self);
    }

    private static boolean isNeeded() {
        return ENGINES.get() > 0 || !LINES.isEmpty();
    }

    private static void writeAll() {
        for (int i = 0; i <= CAPACITY; i++) {
            Line line = LINES.poll();
            if (line == null) {
                return;
            }
            write(line);
        }
    }

    private static void write(Line line) {
        try {
            DROPPED.addAndGet(line.dropped());
            if (line.dropped() > 0 || UNSAID.get() > 0) {
                sayWhatIsMissing();
            }
            if (!line.text().isEmpty()) {
                line.write();
            }
            if (LINES.isEmpty()) {
                sayWhatIsMissing();
            }
        } catch (Throwable unwritten) {
            UNSAID.incrementAndGet();
            writePreparedLine();
        } finally {
            waitsNoMore(line);
        }
    }

    private static void waitsNoMore(Line line) {
        WAITING_CHARS.addAndGet(-line.text().length());
        WAITING.decrementAndGet();
    }

    private static void sayWhatIsMissing() {
        say(DROPPED, " line(s) are missing here: the log did not take them in time");
        if (say(UNSAID, " failure(s) could not be logged")) {
            PREPARED_LINE_WRITTEN.set(false);
        } else {
            writePreparedLine();
        }
    }

    /** Says a count and begins it anew. Returns false when that cannot be. */
    private static boolean say(AtomicLong counter, String what) {
        if (counter.getOpaque() == 0) {
            return true;
        }
        long count = counter.getAndSet(0);
        try {
            Level.ERROR.write(LOG.logger(), count + what);
            return true;
        } catch (Throwable unsaid) {
            counter.addAndGet(count);
            return false;
        }
    }

    private static void writePreparedLine() {
        if (PREPARED_LINE_WRITTEN.compareAndSet(false, true)) {
            try {
                STANDARD_ERROR.write(PREPARED_LINE);
            } catch (IOException | RuntimeException | Error unwritten) {
                PREPARED_LINE_WRITTEN.set(false);
            }
        }
    }
}
