package org.tonyreactor.benchmarks.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.benchmarks.harness.LoadLoop;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;

/** A peer sees every way in which a server can go wrong. The server here is the test. */
class LedgerPeerTest {
    private static final int BOUND_MILLIS = 10_000;

    private Load load;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private ServerSocket listener;
    private LoadLoop loop;
    private OnePeer peer;
    private Socket server;
    private int checksum;

    @BeforeEach
    void connect() throws Exception {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(BOUND_MILLIS);
        loop = new LoadLoop(System::nanoTime).start("peer", Throwable::printStackTrace);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        SocketChannel channel = SocketChannel.open(address);
        channel.configureBlocking(false);
        load = new Load(address);
        peer = new OnePeer(loop, load, channel);
        server = listener.accept();
        server.setSoTimeout(BOUND_MILLIS);
        loop.post(() -> peer.start(new Load.Countdown(1)));
        readRequest();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        listener.close();
        loop.close();
    }

    @Test
    void takesTheRightReply() throws Exception {
        send(reply(1, 1, checksum));

        assertEquals("replied", next());
        assertEquals(0, load.wrong.sum());
    }

    @Test
    void takesTheRightReplyInPieces() throws Exception {
        for (byte each : reply(1, 1, checksum)) {
            send(new byte[] {each});
        }

        assertEquals("replied", next());
        assertEquals(0, load.wrong.sum());
    }

    @Test
    void seesAReplyThatComesTwice() throws Exception {
        send(reply(1, 1, checksum));
        send(reply(1, 1, checksum));

        assertEquals("replied", next());
        assertEquals("lost", next());
        assertEquals(1, load.wrong.sum());
    }

    @Test
    void seesAReplyThatIsMissing() throws Exception {
        send(reply(1, 2, checksum));

        assertEquals("lost", next());
        assertEquals(1, load.wrong.sum());
    }

    @Test
    void seesAChecksumThatWasNotCarriedOn() throws Exception {
        send(reply(1, 1, checksum + 1));

        assertEquals("lost", next());
        assertEquals(1, load.wrong.sum());
    }

    @Test
    void seesAVersionThatNobodyHasInstalled() throws Exception {
        send(reply(2, 1, checksum));

        assertEquals("lost", next());
        assertEquals(1, load.wrong.sum());
    }

    @Test
    void seesAnOldVersionAfterTheUpdate() throws Exception {
        send(reply(1, 1, checksum));
        assertEquals("replied", next());
        load.begin(2);
        load.settle();
        loop.post(() -> peer.ask());
        readRequest();

        send(reply(1, 2, checksum));

        assertEquals("lost", next());
        assertEquals(1, load.wrong.sum());
    }

    @Test
    void seesAWrongByteOfAFilling() throws Exception {
        byte[] filling = new byte[100];
        for (int i = 0; i < filling.length; i++) {
            filling[i] = LedgerFrames.filling(1, i);
        }
        filling[99]++;
        send(reply(1, 1, checksum, filling.length));
        send(filling);

        assertEquals("lost", next());
        assertEquals(1, load.wrong.sum());
    }

    @Test
    void seesAnEndThatNobodyAskedFor() throws Exception {
        server.close();

        assertEquals("lost", next());
        assertEquals(1, load.ended.sum());
    }

    @Test
    void seesAReset() throws Exception {
        server.setSoLinger(true, 0);
        server.close();

        assertEquals("lost", next());
        assertEquals(1, load.reset.sum());
    }

    /** Takes a request as the protocol would. */
    private void readRequest() throws IOException {
        DataInputStream in = new DataInputStream(server.getInputStream());
        int bytes = in.readInt();
        byte[] frame = new byte[bytes];
        ByteBuffer.wrap(frame).putInt(bytes);
        in.readFully(frame, Integer.BYTES, bytes - Integer.BYTES);
        checksum = LedgerFrames.checksum(new CRC32(), checksum, ByteBuffer.wrap(frame));
    }

    private static byte[] reply(int version, long number, int checksum) {
        return reply(version, number, checksum, 0);
    }

    private static byte[] reply(int version, long number, int checksum, int fillingBytes) {
        byte[] reply = new byte[LedgerFrames.REPLY_HEAD_BYTES];
        ByteBuffer.wrap(reply).putInt(version).putLong(number).putInt(checksum).putInt(fillingBytes);
        return reply;
    }

    private void send(byte... bytes) throws IOException {
        server.getOutputStream().write(bytes);
    }

    private String next() throws InterruptedException {
        String what = seen.poll(BOUND_MILLIS, TimeUnit.MILLISECONDS);
        return what == null ? "nothing within " + BOUND_MILLIS + " ms" : what;
    }

    private final class OnePeer extends LivePeer {
        OnePeer(LoadLoop loop, Load load, SocketChannel channel) {
            super(loop, load, channel, 0);
        }

        @Override
        void replied(int version) {
            seen.add("replied");
        }

        @Override
        void lost() {
            seen.add("lost");
        }
    }
}
