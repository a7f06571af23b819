package org.tonyreactor.internal.engine.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.binding.BindFailure.Kind;

class BindFailureTest {
    @Test
    void knowsAnAddressInUseAsTheSystemReportsIt() throws IOException {
        try (ServerSocketChannel first = ServerSocketChannel.open();
                ServerSocketChannel second = ServerSocketChannel.open()) {
            first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            IOException inUse = assertThrows(IOException.class, () -> second.bind(first.getLocalAddress()));

            assertEquals(
                    Kind.ADDRESS_IN_USE,
                    BindFailure.of("localhost", 7007, inUse).kind());
        }
    }

    @Test
    void knowsAForbiddenPort() {
        BindFailure failure = BindFailure.of("0.0.0.0", 80, new SocketException("Permission denied"));

        assertEquals(Kind.PERMISSION_DENIED, failure.kind());
    }

    @Test
    void takesEverythingElseForAnAddressThatIsNotThere() {
        assertEquals(
                Kind.ADDRESS_UNAVAILABLE,
                BindFailure.of("10.9.8.7", 80, new BindException("Cannot assign requested address"))
                        .kind());
        assertEquals(
                Kind.ADDRESS_UNAVAILABLE,
                BindFailure.of("nowhere.invalid", 80, new UnknownHostException("nowhere.invalid"))
                        .kind());
    }

    @Test
    void saysWhereAndWhatToDoInOneLine() {
        IOException[] causes = {
            new BindException("Address already in use"),
            new SocketException("Permission denied"),
            new UnknownHostException("nowhere.invalid"),
            new IOException()
        };
        for (IOException cause : causes) {
            String message = BindFailure.of("nowhere.invalid", 7007, cause).message();

            assertTrue(message.startsWith("nowhere.invalid:7007 "), message);
            assertTrue(message.contains(": "), message);
            assertFalse(message.contains("\n"), message);
        }
    }
}
