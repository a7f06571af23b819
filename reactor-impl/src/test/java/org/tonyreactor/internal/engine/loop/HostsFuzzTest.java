package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.ListenAddress;
import org.tonyreactor.runtime.EndpointRef;

/** Whatever stands where the number of a host is allowed: two texts with a line feed between them. */
class HostsFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isANumberInOneWayOrAName(byte[] input) throws UnknownHostException {
        String[] hosts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        String one = hosts[0];
        String other = hosts.length == 1 ? one : hosts[1];

        InetAddress literal = HostNames.literal(one);

        assertTrue(HostNames.isSame(one, one));
        assertEquals(HostNames.isSame(one, other), HostNames.isSame(other, one));
        if (literal == null) {
            return;
        }
        if (!one.equals("*")) {
            assertEquals(InetAddress.getByName(one), literal);
        }
        ListenAddress address = ListenAddress.of(literal, 7007);
        String text = AddressText.of(address.toSocketAddress());
        assertEquals(text, EndpointRef.of(text).toString());
        InetAddress otherLiteral = HostNames.literal(other);
        if (otherLiteral != null) {
            ListenAddress otherAddress = ListenAddress.of(otherLiteral, 7007);
            assertEquals(address.overlaps(otherAddress), otherAddress.overlaps(address));
            assertEquals(address.equals(otherAddress), otherAddress.equals(address));
            assertTrue(!address.equals(otherAddress) || address.overlaps(otherAddress));
        }
    }
}
