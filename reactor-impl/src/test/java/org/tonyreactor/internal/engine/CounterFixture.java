package org.tonyreactor.internal.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.Peer;

/**
 * One version of a protocol that survives its updates: answers each line with the version, how many lines there were, and
 * the line. Lines end with a dot; the beginning of one is left unread. A test may change what a call does.
 */
final class CounterFixture implements ProtocolFactory {
    /** What a call of one connection does. */
    interface Action {
        void on(Counting protocol) throws Exception;
    }

    /** What quiesce returns. */
    interface Quiesce {
        CompletionStage<?> on(Counting protocol);
    }

    private final String version;
    private final List<Counting> all = new CopyOnWriteArrayList<>();
    private volatile Action made = protocol -> {};
    private volatile Action suspended = protocol -> {};
    private volatile Action resumed = protocol -> {};
    private volatile Action line = protocol -> {};
    private volatile @Nullable Quiesce quiesce;
    private volatile Action inputEnded = Protocol::closeConnection;

    CounterFixture(String version) {
        this.version = version;
    }

    CounterFixture made(Action action) {
        made = action;
        return this;
    }

    CounterFixture quiesced(Quiesce action) {
        quiesce = action;
        return this;
    }

    CounterFixture suspended(Action action) {
        suspended = action;
        return this;
    }

    CounterFixture resumed(Action action) {
        resumed = action;
        return this;
    }

    CounterFixture line(Action action) {
        line = action;
        return this;
    }

    CounterFixture inputEnded(Action action) {
        inputEnded = action;
        return this;
    }

    /** All protocols, in the order of their building. */
    List<Counting> all() {
        return all;
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        Counting protocol = new Counting();
        all.add(protocol);
        return protocol;
    }

    /** One connection's protocol. */
    final class Counting extends Protocol implements Resumable {
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<CloseReason> lost = new CopyOnWriteArrayList<>();
        private int lines;

        /** What was called, without the lines. */
        List<String> calls() {
            return calls;
        }

        List<CloseReason> lost() {
            return lost;
        }

        int lines() {
            return lines;
        }

        @Override
        public void connectionMade() throws Exception {
            calls.add("made");
            made.on(this);
        }

        @Override
        public void dataReceived(ByteBuffer data) throws Exception {
            for (int i = data.position(); i < data.limit(); i++) {
                if (data.get(i) == '.') {
                    byte[] text = new byte[i - data.position()];
                    data.get(text);
                    data.get();
                    lines++;
                    line.on(this);
                    write(version + lines + new String(text, StandardCharsets.ISO_8859_1));
                }
            }
        }

        @Override
        public void inputEnded(ByteBuffer rest) throws Exception {
            inputEnded.on(this);
        }

        @Override
        public void outputReady() {
            calls.add("outputReady");
        }

        @Override
        public void connectionLost(CloseReason reason) {
            calls.add("lost");
            lost.add(reason);
        }

        /** Recorded where the test says what it does. */
        @Override
        public CompletionStage<?> quiesce() {
            Quiesce action = quiesce;
            if (action == null) {
                return Resumable.super.quiesce();
            }
            calls.add("quiesce");
            return action.on(this);
        }

        @Override
        public ByteBuffer suspend() throws Exception {
            calls.add("suspend");
            suspended.on(this);
            return ByteBuffer.allocate(Integer.BYTES).putInt(lines).flip();
        }

        @Override
        public void resume(ByteBuffer state) throws Exception {
            calls.add("resume");
            lines = state.getInt();
            resumed.on(this);
        }
    }
}
