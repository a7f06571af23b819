package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.connection.LoopbackSender;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.Wires;

/** Tokens pass through the loopback, whatever carries it. */
class LoopbackWiresTest {
    /** More than one write, and more than lies between two ends. */
    private static final int TOKENS = 20_000;

    private Wires wires = Wires.NIO;

    @RegisterExtension
    final BeforeEachCallback over = test -> wires = OverEveryWire.Each.wiresOf(test);

    @OverEveryWire
    void eachTokenArrivesOnceAndInOrder() throws IOException {
        Network network = wires.open().ours();
        Network.Pair pair = network.openPairs(1).get(0);
        Multiplexer worker = network.openMultiplexer(64);
        Multiplexer acceptor = network.openMultiplexer(4_096);
        List<Long> received = new ArrayList<>();
        LoopbackSender sender = new LoopbackSender(pair.first(), worker);
        new LoopbackReceiver(
                pair.second(), acceptor, (index, generation) -> received.add((long) index << 32 | generation));
        for (int token = 0; token < TOKENS; token++) {
            sender.giveBack(token, token % 7);
        }

        Bounded.until("all tokens, got " + received.size(), () -> received.size() >= TOKENS, () -> {
            turn(worker);
            sender.flush(true);
            turn(acceptor);
        });
        turn(acceptor);

        assertEquals(
                LongStream.range(0, TOKENS)
                        .map(token -> token << 32 | token % 7)
                        .boxed()
                        .toList(),
                received);
        worker.close();
        acceptor.close();
        network.close();
    }

    private static void turn(Multiplexer loop) throws IOException {
        loop.poll(0);
        loop.dispatch(Multiplexer.ReadyHandler::onReady);
    }
}
