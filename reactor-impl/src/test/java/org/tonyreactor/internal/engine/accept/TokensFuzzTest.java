package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.Trespass;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.AttemptFixture;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.Owner;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.reactor.EndpointSettings;

/** Whatever comes in at the acceptor's end of the loopback channel, in whatever pieces. */
class TokensFuzzTest {
    private static final int SLOTS = 4;
    private static final int RELEASED = 3;

    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private final List<Long> received = new ArrayList<>();
    private final ConnectionPool pool = new ConnectionPool(Owner.ANYONE, SLOTS, 0);
    private final EventLoop loop =
            Trespass.owned(new EventLoop("worker", new ManualClock(), new RecordingMultiplexer()));
    private final FactoryBinding binding = new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, null, 1);

    @FuzzTest(maxDuration = "1m", lifecycle = Lifecycle.PER_EXECUTION)
    void opensEachReleasedSlotOnceAndNoOther(byte[] input) throws IOException {
        Set<Long> valid = releaseSlots();
        int pieceBytes = input.length == 0 ? 1 : 1 + Byte.toUnsignedInt(input[0]);
        ByteBuffer stream = ByteBuffer.wrap(input);
        for (int from = 0; from < input.length; from += pieceBytes) {
            pieces.add(stream.duplicate()
                    .limit(Math.min(input.length, from + pieceBytes))
                    .position(from));
        }
        List<Integer> opened = new ArrayList<>();
        LoopbackReceiver receiver = new LoopbackReceiver(wire(), new RecordingMultiplexer(), (index, generation) -> {
            received.add((long) index << Integer.SIZE | Integer.toUnsignedLong(generation));
            Connection slot = pool.leased(index, generation);
            if (slot != null) {
                opened.add(index);
                pool.recycle(slot);
            }
        });

        receiver.onReady(Wire.READ);

        Set<Long> expected = new LinkedHashSet<>();
        List<Long> sent = new ArrayList<>();
        while (stream.remaining() >= Long.BYTES) {
            long token = stream.getLong();
            sent.add(token);
            if (valid.contains(token)) {
                expected.add(token);
            }
        }
        assertEquals(sent, received);
        assertEquals(
                expected.stream().map(token -> (int) (token >>> Integer.SIZE)).toList(), opened);
        assertEquals(sent.size() - opened.size(), pool.ignoredTokens());
        assertEquals(SLOTS - opened.size(), pool.used());
    }

    /** Leases all slots and has all but the last one released by their worker; the tokens of these. */
    private Set<Long> releaseSlots() throws IOException {
        Worker worker = new Worker(0, loop, new NioNetwork(), new RefusedPeers(), wire());
        Set<Long> tokens = new LinkedHashSet<>();
        for (int i = 0; i < SLOTS; i++) {
            Connection slot = pool.acquire();
            if (slot == null) {
                throw new AssertionError("no slot " + i);
            }
            slot.assign(1, binding, 0);
            slot.assign(AttemptFixture.toNowhere(peer -> null));
            if (i < RELEASED) {
                worker.onAdopt(slot);
                loop.runOnce(0);
                tokens.add((long) slot.index << Integer.SIZE | Integer.toUnsignedLong(slot.generation()));
            }
        }
        return tokens;
    }

    /** Reads the pieces, and takes all that is written. */
    private Wire wire() {
        return (Wire) Proxy.newProxyInstance(
                Wire.class.getClassLoader(), new Class<?>[] {Wire.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "read" -> pieces.poll();
                        case "hasMore" -> !pieces.isEmpty();
                        case "write" -> taken(arguments);
                        case "flush" -> true;
                        case "unsentBytes" -> 0L;
                        default -> null;
                    };
                });
    }

    private static int taken(@Nullable Object[] arguments) {
        if (!(arguments[0] instanceof ByteBuffer part)) {
            throw new AssertionError("tokens are written from one buffer");
        }
        int bytes = part.remaining();
        part.position(part.limit());
        return bytes;
    }
}
