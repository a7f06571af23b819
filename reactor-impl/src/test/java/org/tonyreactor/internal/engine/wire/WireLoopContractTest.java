package org.tonyreactor.internal.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.WireFixture.End;

/** What every wire holds to on its loop: when it is told, how it leaves, and how it ends. */
class WireLoopContractTest {
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
    void isToldNothingThatItDoesNotWaitFor() throws IOException {
        fixture.send(peer, "input");
        turns();
        assertEquals(0, end.takeTold());

        end.wire.interest(Wire.WRITE);
        fixture.until("room", () -> end.takeTold() == Wire.WRITE);
        end.wire.interest(Wire.READ | Wire.WRITE);
        fixture.until("both", () -> end.takeTold() == (Wire.READ | Wire.WRITE));
        end.wire.interest(0);
        turns();
        end.takeTold();
        turns();
        assertEquals(0, end.takeTold());
    }

    @OverEveryWire
    void isToldOfInputUntilItHasReadIt() throws IOException {
        end.wire.interest(Wire.READ);
        fixture.send(peer, "x");
        fixture.until("input", () -> end.takeTold() == Wire.READ);

        fixture.turn();
        assertEquals(Wire.READ, end.takeTold());
        fixture.receive(end, 1);
        end.takeTold();
        turns();

        assertEquals(0, end.takeTold());
    }

    @OverEveryWire
    void isNotToldWhatAnEarlierHandlerOfTheTurnHasTakenItsInterestIn() throws IOException {
        End other = fixture.connect().get(0);
        List<String> told = new ArrayList<>();
        end.handler = ops -> {
            told.add("one");
            other.wire.interest(0);
        };
        other.handler = ops -> {
            told.add("one");
            end.wire.interest(0);
        };
        end.wire.interest(Wire.WRITE);
        other.wire.interest(Wire.WRITE);

        fixture.turn();

        assertEquals(List.of("one"), told);
    }

    @OverEveryWire
    void isNotToldWhenAnEarlierHandlerOfTheTurnHasClosedIt() throws IOException {
        End other = fixture.connect().get(0);
        List<String> told = new ArrayList<>();
        end.handler = ops -> {
            told.add("one");
            other.wire.closeSoon();
        };
        other.handler = ops -> {
            told.add("one");
            end.wire.closeSoon();
        };
        end.wire.interest(Wire.WRITE);
        other.wire.interest(Wire.WRITE);

        fixture.turn();

        assertEquals(List.of("one"), told);
    }

    @OverEveryWire
    void probeTellsThatThePeerHasResetIt() throws IOException {
        peer.wire.reset();
        turns();
        assertEquals(0, end.takeTold(), "nothing is waited for");

        assertEquals(Wire.RESET, probed());
    }

    @OverEveryWire
    void probeTellsOfAResetBehindUnreadInputAndFin() throws IOException {
        fixture.send(peer, "unread");
        peer.wire.shutdownOutput();
        turns();
        peer.wire.reset();
        turns();

        assertEquals(Wire.RESET, probed());
    }

    @OverEveryWire
    void probeTellsNothingOfAPeerThatIsThere() throws IOException {
        assertEquals(0, probed());
        fixture.send(peer, "unread");
        turns();
        assertEquals(0, probed());
        peer.wire.shutdownOutput();
        turns();
        assertEquals(0, probed());
        fixture.receiveEnd(end);
        assertEquals(0, probed());
    }

    @OverEveryWire
    void probeIsForOneLook() throws IOException {
        probed();
        peer.wire.reset();
        turns();
        fixture.loop().probe(Multiplexer.ReadyHandler::onReady);

        assertEquals(0, end.takeTold());
    }

    private int probed() throws IOException {
        end.takeTold();
        end.wire.probe();
        fixture.loop().probe(Multiplexer.ReadyHandler::onReady);
        return end.takeTold();
    }

    @OverEveryWire
    void anotherHandlerTakesThePlaceOfTheFirst() throws IOException {
        List<Integer> told = new ArrayList<>();
        end.wire.interest(Wire.WRITE);
        end.wire.attach(fixture.loop(), told::add);

        fixture.until("the other handler", () -> !told.isEmpty());

        assertEquals(0, end.takeTold());
    }

    @OverEveryWire
    void staysWhereItIsWhenItsLoopIsRebuilt() throws IOException {
        end.wire.interest(Wire.READ);
        fixture.loop().rebuild();
        fixture.send(peer, "x");

        fixture.until("input", () -> end.takeTold() == Wire.READ);
        fixture.receive(end, 1);

        assertEquals("x", end.received());
    }

    @OverEveryWire
    void closesInTheNextPollAndIsToldNothingMore() throws IOException {
        end.wire.interest(Wire.READ | Wire.WRITE);
        fixture.send(end, "bye");
        assertFalse(fixture.loop().isDue());
        end.wire.closeSoon();
        assertTrue(fixture.loop().isDue());
        end.takeTold();
        fixture.receive(peer, 3);

        fixture.turn();
        assertTrue(end.wire.isBroken());
        assertFalse(fixture.loop().isDue());
        fixture.receiveEnd(peer);

        assertEquals("bye", peer.received());
        assertEquals(0, end.takeTold());
    }

    @OverEveryWire
    void thePeerSeesNoEndBeforeTheNextPoll() throws IOException {
        end.wire.closeSoon();
        peer.read();
        assertFalse(peer.hasEnded());

        fixture.loop().poll(0);
        fixture.receiveEnd(peer);

        assertTrue(peer.hasEnded());
    }

    @OverEveryWire
    void resetIsSeenByThePeer() throws IOException {
        end.wire.reset();
        assertTrue(fixture.loop().isDue());

        assertTrue(awaitError(peer).contains("reset"));
    }

    @OverEveryWire
    void closingWithUnreadInputIsSeenAsReset() throws IOException {
        fixture.send(peer, "nobody reads this");
        end.wire.interest(Wire.READ);
        fixture.until("input", () -> end.takeTold() != 0);

        end.wire.closeSoon();

        assertTrue(awaitError(peer).contains("reset"));
    }

    @OverEveryWire
    void closesAtOnceOffAnyLoop() throws IOException {
        Network.Pair pair = fixture.ours().openPairs(1).get(0);
        End other = fixture.attach(pair.second(), fixture.loop(), 0);

        pair.first().closeSoon();
        fixture.receiveEnd(other);

        assertTrue(pair.first().isBroken());
    }

    @OverEveryWire
    void closedLoopClosesItsWires() throws IOException {
        Multiplexer closed = fixture.ours().openMultiplexer(WireFixture.READ_BUFFER_BYTES);
        Network.Pair pair = fixture.ours().openPairs(1).get(0);
        End other = fixture.attach(pair.second(), fixture.loop(), 0);
        pair.first().attach(closed, ops -> {});

        closed.close();

        assertTrue(pair.first().isBroken());
        fixture.until("the end", () -> !other.read() && other.hasEnded());
    }

    @OverEveryWire
    void detachedWireTellsOnceItIsGone() throws IOException {
        List<String> told = new ArrayList<>();
        end.wire.detach(() -> told.add("gone"));
        assertTrue(fixture.loop().isDue());
        assertEquals(List.of(), told);

        fixture.until("the detach", () -> !fixture.loop().isDue());

        assertEquals(List.of("gone"), told);
    }

    @OverEveryWire
    void movesToAnotherLoopWithInputPending() throws IOException {
        String sent = "0123456789".repeat(500);
        readsOf(end);
        fixture.send(peer, sent);
        fixture.until("the first of it", () -> end.receivedCount() > 0);

        moveTo(fixture.newLoop());
        fixture.until("the remainder", () -> end.receivedCount() >= sent.length());
        turns();

        assertEquals(sent, end.received());
    }

    @OverEveryWire
    void movesToAnotherLoopWhileInputComes() throws IOException {
        readsOf(end);
        StringBuilder sent = new StringBuilder();
        for (int move = 0; move < 3; move++) {
            for (int i = 0; i < 20; i++) {
                fixture.send(peer, move + "." + i + " ");
                sent.append(move).append('.').append(i).append(' ');
            }
            moveTo(fixture.newLoop());
        }

        fixture.until("all of it", () -> end.receivedCount() >= sent.length());
        turns();

        assertEquals(sent.toString(), end.received());
    }

    @OverEveryWire
    void movesToAnotherLoopWithOutputPending() throws IOException {
        String sent = "0123456789".repeat(5_000);
        ByteBuffer output = WireFixture.bytes(sent);
        end.wire.write(output);

        moveTo(fixture.newLoop());
        fixture.until("all of it", () -> {
            if (end.wire.flush()) {
                end.wire.write(output);
            }
            peer.read();
            return peer.receivedCount() >= sent.length();
        });
        turns();

        assertEquals(sent, peer.received());
    }

    @OverEveryWire
    void finOfThePeerIsSeenOnTheLoopItHasMovedTo() throws IOException {
        readsOf(end);
        fixture.send(peer, "last");
        peer.wire.shutdownOutput();

        moveTo(fixture.newLoop());
        fixture.until("the end", end::hasEnded);

        assertEquals("last", end.received());
    }

    /** Its handler reads, as an owner does: once, and while there is more. */
    private static void readsOf(End reading) {
        reading.wire.interest(Wire.READ);
        reading.handler = ops -> {
            if ((ops & Wire.READ) != 0) {
                readOnce(reading);
            }
        };
    }

    private static void readOnce(End reading) {
        try {
            reading.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void moveTo(Multiplexer to) throws IOException {
        boolean[] moved = {false};
        end.wire.detach(() -> {
            moved[0] = true;
            try {
                end.wire.interest(Wire.READ);
                end.wire.attach(to, end);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        fixture.until("the move", () -> moved[0]);
        fixture.until("no more inside it", () -> {
            if (end.wire.hasMore()) {
                end.handler.onReady(Wire.READ);
            }
            return !end.wire.hasMore();
        });
    }

    private String awaitError(End at) throws IOException {
        String[] told = new String[1];
        fixture.until("an error", () -> {
            try {
                at.read();
            } catch (IOException e) {
                told[0] = String.valueOf(e.getMessage());
            }
            return told[0] != null;
        });
        assertThrows(IOException.class, at::read);
        return told[0];
    }

    /** Several turns, in which nothing is to happen. */
    private void turns() throws IOException {
        for (int i = 0; i < 5; i++) {
            fixture.turn();
        }
    }
}
