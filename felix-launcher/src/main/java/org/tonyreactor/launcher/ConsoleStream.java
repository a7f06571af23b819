package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or standard error for whoever writes to it, none of whom may be held up by a pipe that nobody reads. A
 * daemon thread writes what comes. What does not fit into {@link #CAPACITY_BYTES} until then is dropped up to the end of
 * its line, and the next that fits says how much that was.
 *
 * <p>Any thread.
 */
final class ConsoleStream extends OutputStream {
    /** Bytes that wait. */
    static final int CAPACITY_BYTES = 1 << 16;

    private final OutputStream console;
    private byte[] waiting = new byte[CAPACITY_BYTES];
    private byte[] spare = new byte[CAPACITY_BYTES];
    private int waitingBytes;
    private long droppedBytes;
    /** Whether the line that is written does not fit: its remainder is dropped, too. */
    private boolean droppingLine;

    private boolean writing;

    private ConsoleStream(OutputStream console) {
        this.console = console;
    }

    /**
     * Stands before a stream, with a thread of its own.
     *
     * @param name which stream it is, for the name of the thread
     */
    static ConsoleStream before(OutputStream console, String name) {
        ConsoleStream stream = new ConsoleStream(console);
        Thread writer = new Thread(stream::run, "tonyreactor-" + name);
        writer.setDaemon(true);
        writer.start();
        return stream;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (!droppingLine) {
            sayWhatIsMissing();
        }
        if (droppingLine || !put(bytes, offset, length)) {
            droppedBytes += length;
            droppingLine = bytes[offset + length - 1] != '\n';
        }
    }

    /** Waits within a bound until all that came is written. */
    synchronized void drain(long millis) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + millis * 1_000_000;
        while (waitingBytes > 0 || writing) {
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }

    private synchronized boolean put(byte[] bytes, int offset, int length) {
        if (length > CAPACITY_BYTES - waitingBytes) {
            return false;
        }
        System.arraycopy(bytes, offset, waiting, waitingBytes, length);
        waitingBytes += length;
        notifyAll();
        return true;
    }

    private synchronized void sayWhatIsMissing() {
        if (droppedBytes > 0) {
            byte[] line = ("tonyReactor: " + droppedBytes + " bytes are missing here, since nobody read this in time\n")
                    .getBytes(StandardCharsets.US_ASCII);
            if (put(line, 0, line.length)) {
                droppedBytes = 0;
            }
        }
    }

    private void run() {
        try {
            while (true) { // Ends with the process.
                int length = takeWaiting();
                try {
                    console.write(spare, 0, length);
                    console.flush();
                } catch (IOException | RuntimeException e) {
                    // Whoever read it has gone: nobody misses it.
                } finally {
                    written();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody interrupts it.
        }
    }

    /** How many bytes there are to write; they are in {@link #spare} then. */
    private synchronized int takeWaiting() throws InterruptedException {
        while (waitingBytes == 0) {
            wait();
        }
        byte[] taken = waiting;
        waiting = spare;
        spare = taken;
        int length = waitingBytes;
        waitingBytes = 0;
        writing = true;
        return length;
    }

    private synchronized void written() {
        writing = false;
        sayWhatIsMissing();
        notifyAll();
    }
}
