package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tonyreactor.internal.engine.loop.MicroBenchmark;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.transport.ScheduledCall;

/**
 * The engine's own share of a message: a turn of a real worker with a real connection, over a wire without a socket
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

        private final Protocol protocol;
        private ServedConnection served;
        private ByteBuffer output;

        Served(Protocol protocol) {
            this.protocol = protocol;
        }

        @Setup
        public void open() throws IOException {
            AlwaysReadyNetwork network = new AlwaysReadyNetwork(bytes);
            served = new ServedConnection(network, network.wire(), protocol);
            output = ByteBuffer.allocateDirect(bytes);
        }

        int turn() {
            return served.turn();
        }

        int write() {
            served.connection().write(output.clear());
            return output.position();
        }
    }

    /** Serves who only reads. */
    public static class Read extends Served {
        public Read() {
            super(new Reading());
        }
    }

    @Benchmark
    public int read(Read read) {
        return read.turn();
    }

    /** Serves an echo. */
    public static class Echo extends Served {
        public Echo() {
            super(new Echoing());
        }
    }

    @Benchmark
    public int echo(Echo echo) {
        return echo.turn();
    }

    /** Serves an echo with a time limit for each message. */
    public static class Limit extends Served {
        public Limit() {
            super(new Limiting());
        }
    }

    @Benchmark
    public int echoWithTimer(Limit limit) {
        return limit.turn();
    }

    /** Only writes, from the worker's thread, in no callback. */
    @Benchmark
    public int write(Echo echo) {
        return echo.write();
    }
}
