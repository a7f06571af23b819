package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which texts are addresses: for all others a name server is asked, which is nothing for a loop. */
class HostNamesTest {
    @Test
    void readsEachSpellingOfAnAddress() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress loopback6 = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

        for (String text : List.of("127.0.0.1", "127.1", "127.0.1", "2130706433", "::ffff:127.0.0.1")) {
            assertEquals(loopback, HostNames.literal(text), text);
        }
        for (String text : List.of("::1", "[::1]", "0:0:0:0:0:0:0:1", "0:0::1")) {
            assertEquals(loopback6, HostNames.literal(text), text);
        }
        assertEquals(InetAddress.getByAddress(new byte[] {-1, -1, -1, -1}), HostNames.literal("255.255.255.255"));
    }

    @Test
    void readsEachSpellingOfAllAddresses() {
        for (String text : List.of("*", "0.0.0.0", "0", "::", "[::]")) {
            InetAddress all = HostNames.literal(text);
            assertNotNull(all, text);
            assertTrue(all.isAnyLocalAddress(), text);
        }
    }

    @Test
    void takesNothingElseForAnAddress() {
        for (String text : List.of(
                "localhost",
                "server.example",
                "999.1.1.1",
                "127.0.0.256",
                "1.2.3.4.5",
                "1.2.3.",
                "4294967296",
                "1.16777216",
                "010.0.0.1",
                "cafe",
                "cafe.example",
                "cafe.example:1",
                "x::1",
                "[x::1]",
                "[::1",
                "1::2::3",
                "-1")) {
            assertNull(HostNames.literal(text), text);
        }
    }
}
