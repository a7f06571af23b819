package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.transport.ScheduledCall;

/**
 * The engine's own share of a message: a turn of a real worker with a real connection, over a channel without a socket
 * and a multiplexer without a selector, so no system call is in it.
 */
public class PathBenchmark extends MicroBenchmark {
    private static void onLimit() {}

    private static final class Reading extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            data.position(data.limit());
        }
    }

    private static final class Echoing extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }
    }

    /** Each message moves a time limit on. */
    private static final class Limiting extends Protocol {
        private static final Duration LIMIT = Duration.ofSeconds(30);

        private @Nullable ScheduledCall limit;

        @Override
        public void dataReceived(ByteBuffer data) {
            if (limit != null) {
                limit.cancel();
            }
            limit = callLater(LIMIT, PathBenchmark::onLimit);
            write(data);
        }
    }

    /** The connection. */
    @State(Scope.Thread)
    public abstract static class Served {
        @Param("64")
        int bytes;

        private ServedConnection served;
        private ByteBuffer output;

        abstract Protocol protocol();

        @Setup
        public void open() throws IOException {
            served = new ServedConnection(new AlwaysReadable(), new MemoryChannel(bytes), protocol());
            output = ByteBuffer.allocateDirect(bytes);
        }

        ServedConnection serving() {
            return served;
        }

        ByteBuffer output() {
            return output;
        }
    }

    /** Serves who only reads. */
    @State(Scope.Thread)
    public static class Read extends Served {
        @Override
        Protocol protocol() {
            return new Reading();
        }
    }

    @Benchmark
    public int read(Read read) {
        return read.serving().turn();
    }

    /** Serves an echo. */
    @State(Scope.Thread)
    public static class Echo extends Served {
        @Override
        Protocol protocol() {
            return new Echoing();
        }
    }

    @Benchmark
    public int echo(Echo echo) {
        return echo.serving().turn();
    }

    /** Serves an echo with a time limit for each message. */
    @State(Scope.Thread)
    public static class Limit extends Served {
        @Override
        Protocol protocol() {
            return new Limiting();
        }
    }

    @Benchmark
    public int echoWithTimer(Limit limit) {
        return limit.serving().turn();
    }

    /** Only writes, from the worker's thread, in no callback. */
    @Benchmark
    public int write(Echo echo) {
        ByteBuffer output = echo.output();
        echo.serving().connection().write(output.clear());
        return output.position();
    }
}
