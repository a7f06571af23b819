package org.tonyreactor.launcher;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Standard error while the server starts: what the bundles write there is held back until the outcome is known. A start
 * that fails is told in one line, by the launcher; a start that succeeds lets the held lines through. A console that
 * nobody reads holds nobody up (see {@link ConsoleStream}). Any thread writes.
 */
final class BufferedStderr extends OutputStream {
    /** Bytes held at most; the console does not show more, the log has it. */
    private static final int CAPACITY_BYTES = ConsoleStream.CAPACITY_BYTES;

    private final PrintStream console;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding = true;

    private BufferedStderr(PrintStream console) {
        this.console = console;
    }

    /**
     * Takes the place of {@code System.err}, and of {@code System.out} where that is no terminal: the shell draws on a
     * terminal by itself, in its own order.
     */
    static BufferedStderr begin(boolean onTerminal) {
        ConsoleStream errors = ConsoleStream.before(new FileOutputStream(FileDescriptor.err), "stderr");
        BufferedStderr stderr;
        if (onTerminal) {
            stderr = new BufferedStderr(new Console(errors));
        } else {
            ConsoleStream output = ConsoleStream.before(new FileOutputStream(FileDescriptor.out), "stdout");
            System.setOut(new PrintStream(output, true, charset()));
            stderr = new BufferedStderr(new Console(errors, output));
        }
        System.setErr(new PrintStream(stderr, true, Charset.defaultCharset()));
        return stderr;
    }

    private static Charset charset() {
        return Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
    }

    /** The real standard error. Nobody waits for it, but in {@code flush}, which waits a little until all is written. */
    PrintStream console() {
        return console;
    }

    /** Shows what was held, and whatever comes from now on. */
    synchronized void release() {
        holding = false;
        console.writeBytes(held.toByteArray());
        held.reset();
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (!holding) {
            console.write(bytes, offset, length);
        } else if (held.size() + length <= CAPACITY_BYTES) {
            held.write(bytes, offset, length);
        }
    }

    /** Its streams are flushed by themselves; an explicit flush comes at the end, and waits for both. */
    private static final class Console extends PrintStream {
        private static final long FLUSH_MILLIS = 500;

        private final ConsoleStream[] streams;

        Console(ConsoleStream... streams) {
            super(streams[0], true, Charset.defaultCharset());
            this.streams = streams;
        }

        @Override
        public void flush() {
            try {
                for (ConsoleStream stream : streams) {
                    stream.drain(FLUSH_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
