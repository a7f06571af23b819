package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** The runtime's report on factories whose addresses are one, or overlap. */
@Timeout(60)
class OverlappingAddressTest {
    @RegisterExtension
    final WhiteboardFixture fixture = new WhiteboardFixture();

    private final int port = WhiteboardFixture.freePort();

    OverlappingAddressTest() throws IOException {}

    @Test
    void saysWhoHasThePortUntilThatOneGoes() {
        add(1, 0, "127.0.0.1");
        add(2, 5, "*");

        FailedEndpointDTO failed = failed();
        assertEquals(1, failed.serviceId);
        assertEquals("127.0.0.1", failed.host);
        assertEquals(FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE, failed.reason);
        assertEquals(
                "127.0.0.1:" + port + " cannot be bound beside *:" + port
                        + ", which belongs to service 2 of bundle 1, which ranks higher: choose another port or raise"
                        + " service.ranking; this one takes over when that one goes",
                failed.message);

        fixture.whiteboard().remove(2);

        assertEquals(EndpointDTO.STATE_BOUND, fixture.endpointOf(1).state);
        assertEquals(0, fixture.runtime().failedEndpointDTOs.length);
    }

    @Test
    void saysWhoHasAnAddressThatIsSpelledInAnotherWay() {
        add(1, 0, "127.0.0.1");
        add(2, 5, "127.1");

        assertEquals(
                "127.0.0.1:" + port + " cannot be bound beside 127.1:" + port
                        + ", which belongs to service 2 of bundle 1, which ranks higher: choose another port or raise"
                        + " service.ranking; this one takes over when that one goes",
                failed().message);
    }

    @Test
    void saysThatAFactoryHasAskedForAnAddressTwice() {
        fixture.add(1, peer -> null, "reactor.port", port, "reactor.host", List.of("127.0.0.1", "127.1"));

        assertEquals(
                "127.1:" + port + " cannot be bound beside 127.0.0.1:" + port
                        + ", which belongs to the same factory: leave one of both out of reactor.host",
                failed().message);
        assertEquals(1, fixture.endpointsOf(1).size());
    }

    @Test
    void heldAddressGoesToTheNextFactoryUnderAnotherSpelling() {
        add(1, 0, "127.0.0.1");
        fixture.whiteboard().remove(1);

        add(2, 0, "127.1");

        assertEquals(EndpointDTO.STATE_BOUND, fixture.endpointOf(2).state);
        assertEquals(1, fixture.runtime().endpointDTOs.length);
    }

    private void add(long serviceId, int ranking, String host) {
        fixture.add(serviceId, peer -> null, "reactor.port", port, "reactor.host", host, "service.ranking", ranking);
    }

    private FailedEndpointDTO failed() {
        FailedEndpointDTO[] all = fixture.runtime().failedEndpointDTOs;
        assertEquals(1, all.length);
        return all[0];
    }
}
