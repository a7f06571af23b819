package org.tonyreactor.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.reactor.EndpointSettings.Tcp;

class ConnectSettingsTest {
    @Test
    void haveTheDefaultsOfAnEndpoint() {
        ConnectSettings settings = ConnectSettings.DEFAULTS;

        assertEquals(30_000, settings.timeoutMillis());
        assertNull(settings.localAddress());
        assertEquals("client", settings.name());
        assertEquals(0, settings.idleTimeoutMillis());
        assertEquals(1 << 20, settings.inputMaxBytes());
        assertEquals(60_000, settings.inputEndedTimeoutMillis());
        assertEquals(Output.DEFAULTS, settings.output());
        assertEquals(Tcp.DEFAULTS, settings.tcp());
    }

    @Test
    void keepEachValue() {
        InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Output output = Output.DEFAULTS.withLowBytes(1).withHighBytes(2);
        Tcp tcp = Tcp.DEFAULTS.withKeepalive(true);

        ConnectSettings settings = ConnectSettings.DEFAULTS
                .withTimeoutMillis(1)
                .withLocalAddress(local)
                .withName("upstream")
                .withIdleTimeoutMillis(3)
                .withInputMaxBytes(4)
                .withInputEndedTimeoutMillis(5)
                .withOutput(output)
                .withTcp(tcp);

        assertEquals(1, settings.timeoutMillis());
        assertEquals(local, settings.localAddress());
        assertEquals("upstream", settings.name());
        assertEquals(3, settings.idleTimeoutMillis());
        assertEquals(4, settings.inputMaxBytes());
        assertEquals(5, settings.inputEndedTimeoutMillis());
        assertEquals(output, settings.output());
        assertEquals(tcp, settings.tcp());
        assertNull(settings.withLocalAddress(null).localAddress());
    }

    @Test
    void refuseAValueThatIsOutOfBounds() {
        ConnectSettings settings = ConnectSettings.DEFAULTS;

        assertThrows(IllegalArgumentException.class, () -> settings.withTimeoutMillis(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withName(""));
        assertThrows(IllegalArgumentException.class, () -> settings.withIdleTimeoutMillis(-1));
        assertThrows(IllegalArgumentException.class, () -> settings.withInputMaxBytes(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withInputEndedTimeoutMillis(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> settings.withLocalAddress(InetSocketAddress.createUnresolved("here.example", 0)));
        assertThrows(IllegalArgumentException.class, () -> settings.withOutput(Output.DEFAULTS.withLowBytes(1L << 40)));
    }

    @Test
    void areEqualHoweverTheyWereMade() {
        ConnectSettings one = ConnectSettings.DEFAULTS.withName("a").withTimeoutMillis(5);

        assertEquals(one, ConnectSettings.DEFAULTS.withTimeoutMillis(5).withName("a"));
        assertEquals(
                one.hashCode(),
                ConnectSettings.DEFAULTS.withTimeoutMillis(5).withName("a").hashCode());
        assertNotEquals(one, one.withName("b"));
        assertNotEquals(one, one.withIdleTimeoutMillis(1));
    }

    @Test
    void haveNoPublicConstructor() {
        assertEquals(0, ConnectSettings.class.getConstructors().length);
    }
}
