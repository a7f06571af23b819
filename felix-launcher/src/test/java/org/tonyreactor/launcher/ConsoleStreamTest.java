package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConsoleStreamTest {
    private static final int LINES = 10_000;
    private static final int BOUND_MILLIS = 20_000;

    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ConsoleStream stream = ConsoleStream.before(new Pipe(), "test");
    private final PrintStream out = new PrintStream(stream, true, StandardCharsets.UTF_8);

    @Test
    void writesAllThatComes() throws Exception {
        read.countDown();
        out.println("one");
        out.println("two");
        stream.drain(BOUND_MILLIS);

        assertEquals(List.of("one", "two"), lines());
    }

    @Test
    void dropsWholeLinesWhileNobodyReadsAndSaysHowMuch() throws Exception {
        out.println("first");
        assertTrue(reached.await(BOUND_MILLIS, TimeUnit.MILLISECONDS));
        for (int i = 0; i < LINES; i++) {
            out.println("line " + i + " of some length");
        }

        read.countDown();
        stream.drain(BOUND_MILLIS);
        out.println("last");
        stream.drain(BOUND_MILLIS);

        List<String> lines = lines();
        assertTrue(lines.size() < LINES, () -> "lines: " + lines.size());
        assertEquals("last", lines.get(lines.size() - 1));
        String missing = lines.get(lines.size() - 2);
        assertTrue(
                missing.matches("tonyReactor: \\d+ bytes are missing here, since nobody read this in time"), missing);
        assertTrue(
                lines.subList(1, lines.size() - 2).stream().allMatch(line -> line.matches("line \\d+ of some length")));
    }

    @Test
    void drainsWithinABound() throws Exception {
        out.println("first");
        assertTrue(reached.await(BOUND_MILLIS, TimeUnit.MILLISECONDS));

        stream.drain(1);

        assertEquals(List.of(), lines());
        read.countDown();
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Takes nothing until somebody reads. */
    private final class Pipe extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            reached.countDown();
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            written.write(bytes, offset, length);
        }
    }
}
