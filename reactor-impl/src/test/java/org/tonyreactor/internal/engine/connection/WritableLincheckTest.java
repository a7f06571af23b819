package org.tonyreactor.internal.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Concurrently;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.transport.ScheduledCall;

/** Whether more may be written, under every interleaving that a model checker finds. */
class WritableLincheckTest {
    private static final int INTERLEAVINGS = 40;
    private static final int HIGH_BYTES = 10;
    private static final int WRITTEN_BYTES = 11;

    @Test
    void aSenderThatMayNotWriteIsToldWhenItMay() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            EventLoop loop = new EventLoop("test", () -> 0, new RecordingMultiplexer());
            loop.runOnce(0);
            Sent sent = new Sent(loop);
            AtomicBoolean saw = new AtomicBoolean();
            Thread sender = Concurrently.started(() -> {
                sent.writeFromOutside();
                saw.set(!sent.isWritable());
            });

            sent.write();
            sent.flush();
            Concurrently.join(sender);
            for (int turn = 0; turn < 4; turn++) {
                loop.runOnce(0);
                sent.flush();
            }

            assertEquals(0, sent.pendingBytes());
            assertTrue(sent.isWritable(), "nothing is pending, and nobody may write");
            assertTrue(!saw.get() || sent.told > 0, "it saw the flag down, and was not told");
        });
    }

    /** Output that is all sent by each flush; what of the layers above it looks at the marks. */
    private static final class Sent extends TransportState {
        private final EndpointSettings settings = EndpointSettings.DEFAULTS.withOutput(
                Output.DEFAULTS.withLowBytes(1).withHighBytes(HIGH_BYTES));
        private int own;
        private int told;

        Sent(EventLoop loop) {
            super(loop);
        }

        void writeFromOutside() {
            push(this::write, WRITTEN_BYTES, CAPACITY, Long.MAX_VALUE);
            noteWritten();
        }

        void write() {
            own += WRITTEN_BYTES;
            publishPending(own);
            checkHighWater();
        }

        void flush() {
            own = 0;
            publishPending(0);
            checkLowWater();
        }

        @Override
        void checkLowWater() {
            if (own <= settings.output().lowBytes() && becomesWritable()) {
                told++;
            }
        }

        @Override
        EndpointSettings marks() {
            return settings;
        }

        // What no test calls.

        @Override
        public long id() {
            return 0;
        }

        @Override
        public Peer peer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String endpointName() {
            return "";
        }

        @Override
        public void write(ByteBuffer data) {}

        @Override
        public void write(ByteBuffer... parts) {}

        @Override
        public void sendFile(FileChannel file, long position, long count) {}

        @Override
        public void close() {}

        @Override
        public void abort() {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void expect(int bytes) {}

        @Override
        public void setIdleTimeout(@Nullable Duration timeout) {}

        @Override
        public ScheduledCall callLater(Duration delay, Runnable call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean execute(Runnable task) {
            return false;
        }
    }
}
