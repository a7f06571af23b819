package org.tonyreactor.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Standard error while the server starts: what the bundles write there is held back until the outcome is known. A start
 * that fails is told in one line, by the launcher; a start that succeeds lets the held lines through. Any thread writes.
 */
final class BufferedStderr extends OutputStream {
    /** Bytes held at most; the console does not show more, the log has it. */
    private static final int CAPACITY_BYTES = 1 << 16;

    private final PrintStream console;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding = true;

    private BufferedStderr(PrintStream console) {
        this.console = console;
    }

    /** Takes the place of {@code System.err}. */
    static BufferedStderr begin() {
        BufferedStderr stderr = new BufferedStderr(System.err);
        System.setErr(new PrintStream(stderr, true, Charset.defaultCharset()));
        return stderr;
    }

    /** The real standard error. */
    PrintStream console() {
        return console;
    }

    /** Shows what was held, and whatever comes from now on. */
    synchronized void release() {
        holding = false;
        console.writeBytes(held.toByteArray());
        console.flush();
        held.reset();
    }

    @Override
    public synchronized void write(int b) {
        if (!holding) {
            console.write(b);
        } else if (held.size() < CAPACITY_BYTES) {
            held.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (!holding) {
            console.write(bytes, offset, length);
        } else if (held.size() + length <= CAPACITY_BYTES) {
            held.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() {
        console.flush();
    }
}
