package org.tonyreactor.internal.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.Peer;

/**
 * A factory whose protocols record their callbacks, detect two at once, and then do what the test says. Without a word
 * from the test they read everything.
 */
final class ProtocolFixture implements ProtocolFactory {
    /** What a callback does. */
    interface Callback {
        void on(Recorded protocol) throws Exception;
    }

    /** What dataReceived does. */
    interface DataCallback {
        void on(Recorded protocol, ByteBuffer data) throws Exception;
    }

    private final BlockingQueue<Recorded> connected = new LinkedBlockingQueue<>();
    private final List<Recorded> all = new CopyOnWriteArrayList<>();
    private volatile Callback made = protocol -> {};
    private volatile DataCallback data = Recorded::take;
    private volatile DataCallback inputEnded = (protocol, rest) -> protocol.closeConnection();
    private volatile Callback outputReady = protocol -> {};
    private volatile Callback lost = protocol -> {};

    /** Sends back what comes in. */
    static ProtocolFixture echo() {
        return new ProtocolFixture().data(Protocol::write);
    }

    ProtocolFixture made(Callback callback) {
        made = callback;
        return this;
    }

    ProtocolFixture data(DataCallback callback) {
        data = callback;
        return this;
    }

    ProtocolFixture inputEnded(Callback callback) {
        inputEnded = (protocol, rest) -> callback.on(protocol);
        return this;
    }

    ProtocolFixture inputEndedWith(DataCallback callback) {
        inputEnded = callback;
        return this;
    }

    ProtocolFixture outputReady(Callback callback) {
        outputReady = callback;
        return this;
    }

    ProtocolFixture lost(Callback callback) {
        lost = callback;
        return this;
    }

    /** The protocol of the next connection; it has its transport, and is at least inside connectionMade. */
    Recorded next() throws InterruptedException {
        EngineFixture.eventually(() -> !connected.isEmpty());
        return connected.take();
    }

    /** All protocols, in the order of their building. */
    List<Recorded> all() {
        return all;
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        Recorded protocol = new Recorded();
        all.add(protocol);
        return protocol;
    }

    /** One connection's protocol. Its records are for any thread. */
    final class Recorded extends Protocol {
        private final List<String> events = new ArrayList<>();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final List<String> violations = new CopyOnWriteArrayList<>();
        private final CompletableFuture<CloseReason> reason = new CompletableFuture<>();
        private final AtomicInteger depth = new AtomicInteger();
        private final AtomicInteger timesLost = new AtomicInteger();

        @Override
        public void connectionMade() throws Exception {
            connected.add(this);
            call("made", made);
        }

        @Override
        public void dataReceived(ByteBuffer bytes) throws Exception {
            call("data", protocol -> data.on(protocol, bytes));
        }

        @Override
        public void inputEnded(ByteBuffer rest) throws Exception {
            call("inputEnded", protocol -> inputEnded.on(protocol, rest));
        }

        @Override
        public void outputReady() throws Exception {
            call("outputReady", outputReady);
        }

        @Override
        public void connectionLost(CloseReason why) throws Exception {
            timesLost.incrementAndGet();
            try {
                call("lost", lost);
            } finally {
                reason.complete(why);
            }
        }

        /** Runs something of the test as a callback: recorded, and checked for being alone. */
        void call(String event, Callback callback) throws Exception {
            if (depth.getAndIncrement() != 0) {
                violations.add(event + " came inside another callback");
            }
            record(event);
            try {
                callback.on(this);
            } finally {
                depth.decrementAndGet();
            }
        }

        /** Reads everything and keeps it for {@link #received}. */
        void take(ByteBuffer bytes) {
            byte[] taken = new byte[bytes.remaining()];
            bytes.get(taken);
            received.writeBytes(taken);
        }

        String received() {
            return received.toString(StandardCharsets.ISO_8859_1);
        }

        /** The callbacks in order; several of one kind in a row are one. */
        List<String> events() {
            synchronized (events) {
                return List.copyOf(events);
            }
        }

        Set<String> threads() {
            return threads;
        }

        List<String> violations() {
            return violations;
        }

        int timesLost() {
            return timesLost.get();
        }

        boolean isLost() {
            return reason.isDone();
        }

        /** Waits for connectionLost to return. */
        CloseReason awaitLost() throws Exception {
            return EngineFixture.get(reason);
        }

        /** Waits for a callback to have returned. */
        void awaitEvent(String event) {
            EngineFixture.eventually(() -> events().contains(event) && depth.get() == 0);
        }

        /** Waits for a callback to have begun; it may not return for a while. */
        void awaitBegin(String event) {
            EngineFixture.eventually(() -> events().contains(event));
        }

        private void record(String event) {
            threads.add(Thread.currentThread().getName());
            if (threads.size() > 1) {
                violations.add(event + " came on a second thread: " + threads);
            }
            synchronized (events) {
                String last = events.isEmpty() ? "" : events.get(events.size() - 1);
                if (last.equals("lost")) {
                    violations.add(event + " came after connectionLost");
                }
                if (last.isEmpty() != event.equals("made")) {
                    violations.add(event + " came after '" + last + "'");
                }
                if (!last.equals(event)) {
                    events.add(event);
                }
            }
        }

        @Override
        public String toString() {
            return events() + " on " + threads + ", lost " + timesLost + " times: " + reason;
        }
    }
}
