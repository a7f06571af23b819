package org.tonyreactor.it.quiescing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.transport.Peer;

/**
 * Answers each line with its version and the number of the line; but {@code begin} with what somebody says when that is
 * done, and {@code never} with nothing, for ever.
 */
public final class Work implements BundleActivator, ProtocolFactory {
    /** What is worked at; the test says when it is done. */
    public final Queue<CompletableFuture<String>> underWay = new ConcurrentLinkedQueue<>();

    /** Nobody says that this is done. */
    public final CompletableFuture<String> never = new CompletableFuture<>();

    /** How many protocols were asked to quiesce. */
    public final AtomicInteger asked = new AtomicInteger();

    private volatile String version = "";

    @Override
    public void start(BundleContext context) {
        version = context.getBundle().getVersion().toString();
        Map<String, Object> properties =
                Map.of("reactor.port", 0, "reactor.name", "work", "reactor.drain.timeout.millis", 20_000);
        context.registerService(ProtocolFactory.class, this, FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Session();
    }

    private final class Session extends Protocol implements Resumable {
        private CompletionStage<?> working = CompletableFuture.completedFuture("nothing");
        private int lines;

        @Override
        public void dataReceived(ByteBuffer data) {
            int begin = data.position();
            for (int i = begin; i < data.limit(); i++) {
                if (data.get(i) == '\n') {
                    onLine(StandardCharsets.US_ASCII
                            .decode(data.slice(begin, i - begin))
                            .toString());
                    begin = i + 1;
                }
            }
            data.position(begin);
        }

        private void onLine(String line) {
            lines++;
            switch (line) {
                case "begin" -> begin();
                case "never" -> working = never;
                default -> write(version + " " + lines + "\n");
            }
        }

        private void begin() {
            CompletableFuture<String> result = new CompletableFuture<>();
            working = result.thenAccept(text -> transport().execute(() -> write(text + "\n")));
            underWay.add(result);
        }

        @Override
        public CompletionStage<?> quiesce() {
            asked.incrementAndGet();
            return working;
        }

        @Override
        public ByteBuffer suspend() {
            return ByteBuffer.allocate(Integer.BYTES).putInt(lines).flip();
        }

        @Override
        public void resume(ByteBuffer state) {
            lines = state.getInt();
        }
    }
}
