package org.tonyreactor.internal.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:7",
        "::1, [::1]:7",
        "::, [::]:7",
        "fe80::2:0:0:3, [fe80::2:0:0:3]:7",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:7",
        "1:0:3:4:5:6:7:0, [1:0:3:4:5:6:7:0]:7",
        "2001:db8::, [2001:db8::]:7",
    })
    void writesTheNumberOfAHost(String host, String text) throws UnknownHostException {
        assertEquals(text, AddressText.of(new InetSocketAddress(host, 7)));
        byte[] number = InetAddress.getByName(host).getAddress();
        assertEquals(text, AddressText.of(new InetSocketAddress(InetAddress.getByAddress("named", number), 7)));
    }

    @Test
    void writesTheNameWhereTheNumberIsUnknown() {
        assertEquals("nowhere:7", AddressText.of(InetSocketAddress.createUnresolved("nowhere", 7)));
        assertEquals("unix:/run/echo.sock", AddressText.of(UnixDomainSocketAddress.of("/run/echo.sock")));
    }

    @Test
    void writesWhatIsConfigured() {
        assertEquals("*:0", AddressText.of("*", 0));
        assertEquals("localhost:7", AddressText.of("localhost", 7));
        assertEquals("[::1]:7", AddressText.of("::1", 7));
        assertEquals("[::1]:7", AddressText.of("[::1]", 7));
    }
}
