package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tonyreactor.reactor.EndpointSettings.Limits;

class AdmissionTest {
    private static final SocketAddress ONE = new InetSocketAddress("192.0.2.1", 1);
    private static final SocketAddress SAME = new InetSocketAddress("192.0.2.1", 2);
    private static final SocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1);

    private final Admission admission = new Admission();
    private long nowNanos =
            Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(1_500); // The clock's numbers turn over soon.

    private void pass(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private int taken(SocketAddress peer, Limits limits, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += admission.takesNow(peer, limits, nowNanos) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void withoutLimitsEverybodyIsTaken() {
        assertEquals(1_000, taken(ONE, Limits.DEFAULTS, 1_000));
        assertEquals(0, admission.rates());
    }

    @Test
    void asManyAsAreAllowedInASecondMayComeAtOnceAndThenOneAfterTheOther() {
        Limits ten = Limits.DEFAULTS.withAcceptsPerSecond(10);

        assertEquals(10, taken(ONE, ten, 50));
        pass(99);
        assertEquals(0, taken(OTHER, ten, 50));
        pass(1);
        assertEquals(1, taken(OTHER, ten, 50));
        pass(350);
        assertEquals(3, taken(ONE, ten, 50));
        pass(60_000);
        assertEquals(10, taken(ONE, ten, 50));
    }

    @Test
    void eachPeerHasItsOwnRate() {
        Limits two = Limits.DEFAULTS.withAcceptsPerSecondPerPeer(2);

        assertEquals(2, taken(ONE, two, 5));
        assertEquals(0, taken(SAME, two, 5));
        assertEquals(2, taken(OTHER, two, 5));
    }

    @Test
    void aPeerThatIsTooFastTakesNothingFromTheOthers() {
        Limits both = Limits.DEFAULTS.withAcceptsPerSecond(10).withAcceptsPerSecondPerPeer(2);

        assertEquals(2, taken(ONE, both, 1_000));
        assertEquals(2, taken(OTHER, both, 1_000));
    }

    @Test
    void anotherRateCountsAtOnce() {
        assertEquals(10, taken(ONE, Limits.DEFAULTS.withAcceptsPerSecond(10), 50));
        pass(10);
        assertEquals(10, taken(ONE, Limits.DEFAULTS.withAcceptsPerSecond(1_000), 50));
    }

    @Test
    void addressesOfOneNetworkOfIpv6AreOnePeer() {
        Limits one = Limits.DEFAULTS.withAcceptsPerSecondPerPeer(1);

        assertEquals(1, taken(new InetSocketAddress("2001:db8:0:1::1", 1), one, 1));
        assertEquals(0, taken(new InetSocketAddress("2001:db8:0:1:ffff::9", 1), one, 1));
        assertEquals(1, taken(new InetSocketAddress("2001:db8:0:2::1", 1), one, 1));
    }

    @Test
    void theTableOfRatesForgetsThePeerThatWasAwayLongest() {
        Limits one = Limits.DEFAULTS.withAcceptsPerSecondPerPeer(1);
        assertTrue(admission.takesNow(ONE, one, nowNanos));
        assertTrue(admission.takesNow(OTHER, one, nowNanos));
        for (int i = 0; i < Admission.MAX_RATES - 1; i++) {
            assertFalse(admission.takesNow(OTHER, one, nowNanos));
            SocketAddress next = new InetSocketAddress("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
            assertTrue(admission.takesNow(next, one, nowNanos));
        }

        assertEquals(Admission.MAX_RATES, admission.rates());
        assertFalse(admission.takesNow(OTHER, one, nowNanos));
        assertTrue(admission.takesNow(ONE, one, nowNanos));
    }

    @Test
    void aPeerHasNoMoreThanItsPlaces() {
        Admission.Place first = placeFor(ONE);
        first.enter();
        Admission.Place second = placeFor(SAME);
        second.enter();

        assertNull(admission.placeFor(ONE, 2));
        assertNotNull(admission.placeFor(ONE, 3));
        assertNotNull(admission.placeFor(OTHER, 2));
        first.leave();
        assertNotNull(admission.placeFor(ONE, 2));
    }

    @Test
    void aPeerWithoutConnectionsIsForgotten() {
        Admission.Place first = placeFor(ONE);
        first.enter();
        placeFor(SAME).enter();
        first.leave();
        assertEquals(1, admission.peers());
        first.leave();
        assertEquals(0, admission.peers());
    }

    @Test
    void peersWithoutAnAddressAreOne() {
        placeFor(UnixDomainSocketAddress.of("")).enter();

        assertNull(admission.placeFor(UnixDomainSocketAddress.of("a"), 1));
    }

    private Admission.Place placeFor(SocketAddress peer) {
        Admission.Place place = admission.placeFor(peer, 2);
        assertNotNull(place);
        return place;
    }
}
