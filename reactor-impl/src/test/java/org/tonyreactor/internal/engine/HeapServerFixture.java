package org.tonyreactor.internal.engine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * A server with a small heap in a process of its own. Prints its port, answers each character on its standard input with
 * a line, and serves until that ends. A question is one character, since reading a line needs memory.
 */
final class HeapServerFixture implements AutoCloseable {
    /** Fills the heap, for good. */
    static final String FILL = "fill";
    /** Has so many MiB written, of one digit that follows. */
    static final String OWE = "owe";
    /** Has everything left unread from here on. */
    static final String DRIP = "drip";

    /** An option: the bound on the engine's memory is beyond any heap. */
    static final String UNBOUNDED = "-Dmemory.max.bytes=" + (1L << 40);

    private static final String MEMORY = "memory.max.bytes";

    private static final EngineSettings TWO_WORKERS = new EngineSettings(2, 64, 0, 65_536, 256, 0, 2_000);

    private final Process process;
    private final BufferedReader output;
    private final Path errors;
    private final int port;

    /** Starts the process. */
    HeapServerFixture(Path folder, String... options) throws IOException {
        errors = folder.resolve("stderr.txt");
        ProcessBuilder server = new ProcessBuilder(ChildJavaFixture.command(HeapServerFixture.class, options));
        process = server.redirectError(errors.toFile()).start();
        output = process.inputReader();
        port = Integer.parseInt(output.readLine());
    }

    int port() {
        return port;
    }

    /** What waits in the engine occupies so many bytes, buffers of its own included. */
    long memoryBytes() throws IOException {
        return Long.parseLong(ask('m'));
    }

    /** Connections that were ended because memory was short. */
    long memoryEnded() throws IOException {
        return Long.parseLong(ask('e'));
    }

    /** What of the heap is in use after a collection. */
    long heapBytes() throws IOException {
        return Long.parseLong(ask('h'));
    }

    /** Slots taken. */
    int poolUsed() throws IOException {
        return Integer.parseInt(ask('p'));
    }

    /** Descriptors open. */
    int descriptors() throws IOException {
        return Integer.parseInt(ask('d'));
    }

    /** How often threads of workers had to be replaced. */
    int restarts() throws IOException {
        return Integer.parseInt(ask('r'));
    }

    /** Lets go of what {@link #FILL} has filled the heap with, and fills it no more. */
    void letGo() throws IOException {
        ask('g');
    }

    /** Has {@code Thread.stop} called on the first worker. */
    void stopWorker() throws IOException {
        ask('w');
    }

    /** Has {@code Thread.stop} called on the acceptor. */
    void stopAcceptor() throws IOException {
        ask('a');
    }

    /** What it has said to its standard error. */
    String errors() throws IOException {
        return Files.readString(errors, StandardCharsets.ISO_8859_1);
    }

    private String ask(char question) throws IOException {
        process.getOutputStream().write(question);
        process.getOutputStream().flush();
        return Objects.requireNonNull(output.readLine(), () -> "the process has ended at: " + question);
    }

    /** Ends the process. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    public static void main(String[] args) throws Exception {
        EngineSettings.Memory memory = new EngineSettings.Memory(Long.getLong(MEMORY, 0), 75);
        try (Engine engine = Engine.start(TWO_WORKERS.withMemory(memory))) {
            engine.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, new Filling());
            System.out.println(engine.bindings().get(0).port());
            for (int question; (question = System.in.read()) >= 0; ) {
                System.out.println(answerWithMemory(engine, question));
            }
        }
    }

    /** The heap may be exhausted, which is what the test is about: it is asked again until there is some. */
    private static String answerWithMemory(Engine engine, int question) throws Exception {
        while (true) { // Ends: the engine lets go of memory, or the test ends this process.
            try {
                return answer(engine, question);
            } catch (OutOfMemoryError e) {
                Thread.onSpinWait();
            }
        }
    }

    private static String answer(Engine engine, int question) throws Exception {
        return switch (question) {
            case 'p' -> String.valueOf(engine.view().poolUsed());
            case 'd' -> {
                System.gc();
                yield String.valueOf(Objects.requireNonNull(new File("/proc/self/fd").list()).length);
            }
            case 'm' -> String.valueOf(engine.view().memory().usedBytes());
            case 'e' -> String.valueOf(engine.view().memory().ended());
            case 'h' -> {
                System.gc();
                yield String.valueOf(Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory());
            }
            case 'r' ->
                String.valueOf(engine.view().workers().stream()
                        .mapToLong(EngineView.WorkerView::threadRestarts)
                        .sum());
            case 'g' -> {
                Filling.mayFill = false;
                Filling.FILL_OF_THE_HEAP.clear();
                yield "gone";
            }
            case 'w' -> stop("reactor-worker-0");
            default -> stop("reactor-acceptor");
        };
    }

    private static String stop(String name) throws ReflectiveOperationException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                Thread.class.getMethod("stop").invoke(thread);
                return "stopped";
            }
        }
        return "no such thread";
    }

    /** Echoes, and does what the first bytes of a connection say. */
    private static final class Filling implements ProtocolFactory {
        private static volatile boolean mayFill = true;
        private static final List<byte[]> FILL_OF_THE_HEAP = new ArrayList<>(1 << 20);

        @Override
        public Protocol buildProtocol(org.tonyreactor.transport.Peer peer) {
            return new Ordered();
        }

        /** Ends with an OutOfMemoryError; smaller and smaller pieces leave room for nothing else. */
        private static void fill() {
            int size = 1 << 20;
            while (mayFill) {
                try {
                    FILL_OF_THE_HEAP.add(new byte[size]);
                } catch (OutOfMemoryError e) {
                    if (size == 16) {
                        throw e;
                    }
                    size /= 2;
                }
            }
        }
    }

    private static final class Ordered extends Protocol {
        private boolean drips;

        @Override
        public void dataReceived(ByteBuffer data) {
            String order = drips ? DRIP : text(data);
            if (order.startsWith(DRIP)) {
                drips = true;
            } else if (order.startsWith(OWE)) {
                data.position(data.limit());
                write(ByteBuffer.allocate((order.charAt(OWE.length()) - '0') << 20));
            } else {
                write(data);
                if (order.equals(FILL)) {
                    Filling.fill();
                }
            }
        }

        /** The first few bytes; without memory for more. */
        private static String text(ByteBuffer data) {
            byte[] first = new byte[Math.min(4, data.remaining())];
            data.get(data.position(), first);
            return new String(first, StandardCharsets.US_ASCII);
        }
    }
}
