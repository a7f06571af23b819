package org.tonyreactor.internal.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.WireFixture.End;

/** What every wire holds to when it is read from. */
class WireReadContractTest {
    @RegisterExtension
    final WireFixture fixture = new WireFixture();

    private End end;
    private End peer;

    @BeforeEach
    void connect() throws IOException {
        List<End> ends = fixture.connect();
        end = ends.get(0);
        peer = ends.get(1);
    }

    @OverEveryWire
    void lendsWhatThePeerHasSent() throws IOException {
        fixture.send(peer, "hello");

        fixture.receive(end, 5);

        assertEquals("hello", end.received());
    }

    @OverEveryWire
    void hasNothingToLendBeforeSomethingComes() throws IOException {
        assertNull(end.wire.read());
        assertFalse(end.wire.hasMore());
    }

    @OverEveryWire
    void whatIsLentStaysWhileThereAreWrites() throws IOException {
        fixture.send(peer, "lent");
        end.wire.interest(Wire.READ);
        fixture.until("input", () -> end.takeTold() != 0);

        ByteBuffer lent = end.wire.read();
        assertNotNull(lent);
        String before = StandardCharsets.ISO_8859_1.decode(lent.duplicate()).toString();
        end.wire.write(lent.duplicate());

        assertTrue(before.length() > 0 && "lent".startsWith(before), before);
        assertEquals(before, StandardCharsets.ISO_8859_1.decode(lent).toString());
    }

    @OverEveryWire
    void eachOfTwoWiresOfALoopLendsItsOwn() throws IOException {
        List<End> others = fixture.connect();
        fixture.send(peer, "first wire");
        fixture.send(others.get(1), "other wire");

        fixture.until("both", () -> {
            end.read();
            others.get(0).read();
            return end.receivedCount() == 10 && others.get(0).receivedCount() == 10;
        });

        assertEquals("first wire", end.received());
        assertEquals("other wire", others.get(0).received());
    }

    @OverEveryWire
    void byteOrderOfWhatWasLentDoesNotStay() throws IOException {
        for (String sent : List.of("1", "2")) {
            fixture.send(peer, sent);
            ByteBuffer[] lent = new ByteBuffer[1];
            fixture.until("a byte", () -> (lent[0] = end.wire.read()) != null);
            assertEquals(ByteOrder.BIG_ENDIAN, lent[0].order());
            lent[0].order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @OverEveryWire
    void lendsNoMoreThanTheBufferOfItsLoopHolds() throws IOException {
        fixture.loop().readBufferBytes(16);
        fixture.send(peer, "x".repeat(100));

        fixture.until("all", () -> {
            int before = end.receivedCount();
            end.read();
            assertTrue(end.receivedCount() - before <= 16);
            return end.receivedCount() == 100;
        });
    }

    @OverEveryWire
    void pollsAndHasMoreTellOfAllInput() throws IOException {
        String sent = "0123456789".repeat(2_000);
        end.wire.interest(Wire.READ);
        fixture.send(peer, sent);

        readWhatItIsToldOf(() -> end.receivedCount() == sent.length());

        assertEquals(sent, end.received());
        assertFalse(end.wire.hasMore());
    }

    @OverEveryWire
    void endComesBehindTheLastByteAndOnce() throws IOException {
        end.wire.interest(Wire.READ);
        fixture.send(peer, "last words");
        peer.wire.shutdownOutput();

        readWhatItIsToldOf(end::hasEnded);

        assertEquals("last words", end.received());
        assertFalse(end.wire.hasMore());
        assertFalse(end.wire.isBroken());
    }

    @OverEveryWire
    void endComesThoughNothingWasSent() throws IOException {
        end.wire.interest(Wire.READ);
        peer.wire.closeSoon();

        readWhatItIsToldOf(end::hasEnded);

        assertEquals("", end.received());
    }

    @OverEveryWire
    void outputIsTakenBehindTheEndOfTheInput() throws IOException {
        peer.wire.shutdownOutput();
        fixture.receiveEnd(end);

        fixture.send(end, "answer");
        fixture.receive(peer, 6);

        assertEquals("answer", peer.received());
    }

    @OverEveryWire
    void resetOfThePeerThrowsAndBreaksTheWire() throws IOException {
        end.wire.interest(Wire.READ);
        peer.wire.reset();
        fixture.until("something to read", () -> (end.takeTold() & Wire.READ) != 0);

        IOException reset = assertThrows(IOException.class, end.wire::read);

        assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
        assertTrue(end.wire.isBroken());
        assertThrows(IOException.class, end.wire::read);
    }

    @OverEveryWire
    void resetBehindTheFinIsReadAsTheEnd() throws IOException {
        peer.wire.interest(Wire.READ);
        fixture.send(end, "nobody reads this");
        fixture.until("the bytes to have come", () -> (peer.takeTold() & Wire.READ) != 0);

        peer.wire.shutdownOutput();
        peer.wire.closeSoon();
        fixture.turn();

        fixture.receiveEnd(end);
        fixture.receiveEnd(end);
    }

    @OverEveryWire
    void readingOffAnyLoopIsRefused() throws IOException {
        List<Network.Pair> pairs = fixture.ours().openPairs(1);

        assertThrows(IllegalStateException.class, () -> pairs.get(0).first().read());

        pairs.get(0).close();
    }

    /** As its owner does: reads when it is told, and while the wire has more. */
    private void readWhatItIsToldOf(org.tonyreactor.internal.engine.Bounded.Condition done) throws IOException {
        fixture.until("all input", () -> {
            if ((end.takeTold() & Wire.READ) != 0 || end.wire.hasMore()) {
                end.read();
            }
            return done.holds();
        });
    }
}
