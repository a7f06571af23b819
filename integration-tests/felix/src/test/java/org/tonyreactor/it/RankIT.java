package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Several factories want one address. */
class RankIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    private Bundle plain;
    private int port;

    @BeforeEach
    void startBundle() throws BundleException {
        plain = FELIX.startPacked("plain");
        port = FreePort.find();
    }

    @Test
    void shadowsTheLowerRankAndTakesOver() {
        Offer low = offer(0);
        FELIX.awaitPort(low.serviceId(), EndpointDTO.STATE_BOUND);
        try (Client old = Client.connect(port)) {
            assertEquals("old", old.ask("old"));

            Offer high = offer(10);

            RuntimeView.Failure shadowed = awaitShadowed(low);
            assertEquals(port, shadowed.port());
            assertTrue(shadowed.message().contains("service " + high.serviceId()), shadowed.message());
            assertTrue(shadowed.message().contains("bundle " + plain.getBundleId()), shadowed.message());
            askNew(high);
            assertEquals("still", old.ask("still"));

            high.unregister();

            FELIX.awaitPort(low.serviceId(), EndpointDTO.STATE_BOUND);
            askNew(low);
            assertEquals("ever", old.ask("ever"));
            assertEquals(List.of(), FELIX.runtime().failuresOf(low.serviceId()));
        }
    }

    @Test
    void prefersTheOlderOfEqualRanks() {
        Offer older = offer(5);
        Offer younger = offer(5);

        awaitShadowed(younger);

        askNew(older);
    }

    @Test
    void swapsRankLive() {
        Offer first = offer(1);
        Offer second = offer(0);
        awaitShadowed(second);
        try (Client old = Client.connect(port)) {
            assertEquals("old", old.ask("old"));

            second.modify(Map.of("reactor.port", port, "service.ranking", 2));

            awaitShadowed(first);
            askNew(second);
            assertEquals("still", old.ask("still"));
            assertEquals(List.of(), first.endings());

            second.modify(Map.of("reactor.port", port, "service.ranking", 0));

            awaitShadowed(second);
            askNew(first);
        }
    }

    private Offer offer(int ranking) {
        return Offer.register(plain, Map.of("reactor.port", port, "service.ranking", ranking));
    }

    private void askNew(Offer expected) {
        int before = expected.events().size();
        try (Client client = Client.connect(port)) {
            assertEquals("new", client.ask("new"));
        }
        assertTrue(expected.events().size() > before, "served by another factory");
    }

    private static RuntimeView.Failure awaitShadowed(Offer offer) {
        return FELIX.awaitRuntime(
                        "shadowed",
                        view -> view.failuresOf(offer.serviceId()).stream()
                                .anyMatch(each -> each.reason() == FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE))
                .failuresOf(offer.serviceId())
                .get(0);
    }
}
