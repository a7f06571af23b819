package org.tonyreactor.internal.engine.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.internal.engine.wire.WireFixture.End;

/** What every wire holds to when it is written to. */
class WireWriteContractTest {
    private static final int SEED = 4711;

    @RegisterExtension
    final WireFixture fixture = new WireFixture();

    @TempDir
    Path folder;

    private End end;
    private End peer;

    @BeforeEach
    void connect() throws IOException {
        List<End> ends = fixture.connect();
        end = ends.get(0);
        peer = ends.get(1);
    }

    @OverEveryWire
    void bufferIsAdvancedBehindWhatWasTaken() throws IOException {
        ByteBuffer sent = WireFixture.bytes("hello");

        int taken = end.wire.write(sent);

        assertTrue(taken > 0);
        assertEquals(taken, sent.position());
    }

    @OverEveryWire
    void unsentBytesAreSentByFlushing() throws IOException {
        int taken = end.wire.write(ByteBuffer.wrap(randomBytes(10_000)));

        fixture.until("all that was taken to be sent", end.wire::flush);

        assertEquals(0, end.wire.unsentBytes());
        assertTrue(end.wire.flush());
        fixture.receive(peer, taken);
        assertEquals(taken, peer.receivedCount());
    }

    @OverEveryWire
    void wireThatNobodyReadsFromTakesNoMoreInTheEndAndTellsWhenItDoes() throws IOException {
        ByteBuffer flood = ByteBuffer.allocate(1 << 16);
        int[] quiet = {0};
        int[] taken = {0};
        fixture.until("a full wire", () -> {
            int now = end.wire.write(flood.clear());
            end.wire.flush();
            taken[0] += now;
            quiet[0] = now == 0 ? quiet[0] + 1 : 0;
            return quiet[0] == 1_000; // The kernel moves bytes on meanwhile.
        });
        end.wire.interest(Wire.WRITE);
        end.takeTold();
        fixture.turn();
        assertEquals(0, end.takeTold() & Wire.WRITE);

        fixture.until("room again", () -> {
            peer.read();
            return (end.takeTold() & Wire.WRITE) != 0;
        });
        end.wire.flush();
        assertTrue(end.wire.write(flood.clear()) > 0);
        assertTrue(taken[0] > 0);
    }

    @OverEveryWire
    void volumeArrivesByteForByteThroughPartialWrites() throws IOException {
        byte[] sent = randomBytes(1 << 20);
        ByteBuffer output = ByteBuffer.wrap(sent);
        end.wire.interest(Wire.WRITE);

        fixture.until("all", () -> {
            if ((end.takeTold() & Wire.WRITE) != 0 && end.wire.flush()) {
                end.wire.write(output);
            }
            end.wire.flush();
            peer.read();
            return peer.receivedCount() == sent.length;
        });

        assertArrayEquals(sent, peer.receivedBytes());
    }

    @OverEveryWire
    void partsAreTakenInOrderAndOnlyThoseThatAreMeant() throws IOException {
        ByteBuffer[] parts = {
            WireFixture.bytes("no"),
            WireFixture.bytes("ga"),
            WireFixture.bytes("ther"),
            WireFixture.bytes("ed"),
            WireFixture.bytes("no")
        };

        long taken = end.wire.write(parts, 1, 3);
        fixture.until("all sent", end.wire::flush);
        fixture.receive(peer, 8);

        assertEquals(8, taken);
        assertEquals("gathered", peer.received());
        assertEquals(2, parts[0].remaining());
        assertEquals(2, parts[4].remaining());
    }

    @OverEveryWire
    void directBufferIsTaken() throws IOException {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(6).put(WireFixture.bytes("direct")).flip();

        end.wire.write(direct);
        fixture.until("all sent", end.wire::flush);
        fixture.receive(peer, 6);

        assertEquals("direct", peer.received());
    }

    @OverEveryWire
    void fileIsSentFromAPosition() throws IOException {
        Path path = folder.resolve("file");
        byte[] content = randomBytes(50_000);
        Files.write(path, content);
        try (FileChannel file = FileChannel.open(path)) {
            long[] position = {100};

            fixture.until("the whole file", () -> {
                position[0] += end.wire.writeFile(file, position[0], 20_000);
                end.wire.flush();
                peer.read();
                return peer.receivedCount() == content.length - 100;
            });

            assertEquals(0, end.wire.writeFile(file, content.length, 20_000), "at the file's end");
        }
        assertEquals(ByteBuffer.wrap(content, 100, content.length - 100), ByteBuffer.wrap(peer.receivedBytes()));
    }

    @OverEveryWire
    void optionsAreNoErrors() throws IOException {
        end.wire.noDelay(true);
        end.wire.keepAlive(true);
        end.wire.noDelay(false);
        end.wire.keepAlive(false);

        fixture.send(end, "on");
        fixture.receive(peer, 2);
        assertEquals("on", peer.received());
    }

    @OverEveryWire
    void finComesBehindAllOutputAndInputGoesOn() throws IOException {
        fixture.send(end, "last words");
        end.wire.shutdownOutput();

        fixture.receiveEnd(peer);
        fixture.send(peer, "heard");
        fixture.receive(end, 5);

        assertEquals("last words", peer.received());
        assertEquals("heard", end.received());
        assertThrows(IOException.class, () -> end.wire.write(WireFixture.bytes("late")));
    }

    @OverEveryWire
    void whoWritesToAPeerThatIsGoneIsTold() throws IOException {
        peer.wire.closeSoon();
        fixture.turn();

        IOException[] told = new IOException[1];
        fixture.until("an error", () -> {
            try {
                end.wire.write(WireFixture.bytes("into the void"));
                end.wire.flush();
            } catch (IOException e) {
                told[0] = e;
            }
            return told[0] != null;
        });

        String message = String.valueOf(told[0].getMessage());
        assertTrue(message.contains("reset") || message.contains("Broken pipe"), message);
        assertTrue(end.wire.isBroken());
    }

    @OverEveryWire
    void wireThatWorksIsNotBroken() {
        assertFalse(end.wire.isBroken());
        assertFalse(peer.wire.isBroken());
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }
}
