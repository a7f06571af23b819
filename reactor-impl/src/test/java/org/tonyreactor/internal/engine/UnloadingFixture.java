package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.nio.NioPair;

/**
 * A process whose loop calls one version of a class after another, each from a class loader of its own, until its calls
 * are compiled; then lets the version go and looks whether it is unloaded. Prints how many were.
 */
final class UnloadingFixture implements AutoCloseable {
    static final int VERSIONS = 3;

    private static final int BURSTS = 10_000;
    private static final int CALLS_OF_A_BURST = 20;
    private static final long WAIT_SECONDS = 20;
    private static final int COLLECTIONS_AT_MOST = 100;
    private static final long COLLECTION_MILLIS = 50;

    private final Multiplexer multiplexer = NioPair.multiplexer();
    private final EventLoop loop = new EventLoop("unloading", Clock.SYSTEM, multiplexer);
    private final NioPair alwaysReady = NioPair.open();

    private UnloadingFixture() throws IOException {
        alwaysReady.workerEnd().write(ByteBuffer.allocate(1)); // Nobody reads it.
        loop.start();
    }

    /** Starts the process. */
    static Process start() throws IOException {
        return new ProcessBuilder(ChildJavaFixture.command(
                        UnloadingFixture.class,
                        "-Xbatch", // A method that is to be compiled waits for it: always at the same call.
                        "-XX:InlineSmallCode=1000000")) // As if all that the loop calls were small enough to inline.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws Exception {
        try (UnloadingFixture fixture = new UnloadingFixture()) {
            int unloaded = 0;
            for (int i = 0; i < VERSIONS; i++) {
                ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
                unloaded += isEnqueued(fixture.callVersion(queue), queue) ? 1 : 0;
            }
            System.out.println("unloaded " + unloaded);
        }
    }

    @Override
    public void close() throws IOException {
        loop.stop();
        alwaysReady.close();
    }

    private static boolean isEnqueued(Reference<ClassLoader> loader, ReferenceQueue<ClassLoader> queue)
            throws InterruptedException {
        for (int i = 0; i < COLLECTIONS_AT_MOST; i++) {
            System.gc();
            if (queue.remove(COLLECTION_MILLIS) == loader) {
                return true;
            }
        }
        return false;
    }

    /** Has the loop call a new version many times, in bursts between which it waits. */
    private Reference<ClassLoader> callVersion(ReferenceQueue<ClassLoader> queue) throws Exception {
        Runnable version = new VersionLoader().load();
        Semaphore ended = new Semaphore(0);
        int[] calls = {0};
        Multiplexer.ReadyHandler handler = readyOps -> {
            version.run();
            if (++calls[0] % CALLS_OF_A_BURST == 0) {
                register(0, none -> {});
                ended.release();
            }
        };
        for (int i = 0; i < BURSTS; i++) {
            loop.post(() -> register(Wire.READ, handler));
            if (!ended.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the burst has not ended in time");
            }
        }
        return new PhantomReference<>(version.getClass().getClassLoader(), queue);
    }

    private void register(int ops, Multiplexer.ReadyHandler handler) {
        try {
            alwaysReady.acceptorWire().interest(ops);
            alwaysReady.acceptorWire().attach(multiplexer, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is unloaded. */
    public static final class Version implements Runnable {
        private long calls;

        @Override
        public void run() {
            if (++calls < 0) {
                throw new IllegalStateException("called too often");
            }
        }
    }

    /** Loads {@link Version} itself, anew, and all else through its parent. */
    private static final class VersionLoader extends ClassLoader {
        private static final String FILE = Version.class.getName().replace('.', '/') + ".class";

        VersionLoader() {
            super(Version.class.getClassLoader());
        }

        Runnable load() throws IOException, ReflectiveOperationException {
            try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(FILE))) {
                byte[] code = in.readAllBytes();
                return (Runnable) defineClass(Version.class.getName(), code, 0, code.length)
                        .getConstructor()
                        .newInstance();
            }
        }
    }
}
