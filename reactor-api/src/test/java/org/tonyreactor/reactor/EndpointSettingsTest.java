package org.tonyreactor.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Output;

class EndpointSettingsTest {
    @Test
    void areEqualHoweverTheyWereMade() {
        EndpointSettings there = EndpointSettings.port(7).withHold(Hold.DEFAULTS.withTimeoutMillis(5));

        assertEquals(there, EndpointSettings.DEFAULTS.withHold(there.hold()).withAddress(there.address()));
        assertEquals(EndpointSettings.port(7), there.withHold(Hold.DEFAULTS));
        assertEquals(Hold.DEFAULTS, there.hold().withTimeoutMillis(30_000));
        assertNotEquals(there, EndpointSettings.port(7));
    }

    @Test
    void partsHaveNothingOfOtherParts() {
        EndpointSettings settings = EndpointSettings.port(7);

        assertEquals(Hold.DEFAULTS, settings.hold());
        assertEquals(Address.DEFAULTS.withPort(7), settings.address());
    }

    @Test
    void refuseAValueThatIsOutOfBounds() {
        assertThrows(IllegalArgumentException.class, () -> EndpointSettings.port(65_536));
        assertThrows(IllegalArgumentException.class, () -> Output.DEFAULTS.withMaxBytes(0));
    }

    @Test
    void takeWaterMarksThatAreInOrderOnce() {
        Output raised = Output.DEFAULTS.withLowBytes(1 << 20).withHighBytes(2 << 20);

        assertEquals(raised, EndpointSettings.DEFAULTS.withOutput(raised).output());
        assertEquals(
                "reactor.output.low.bytes = 1048576, reactor.output.high.bytes = 262144, reactor.output.max.bytes = 67108864"
                        + " are out of order: set them so that low <= high <= max",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EndpointSettings.DEFAULTS.withOutput(Output.DEFAULTS.withLowBytes(1 << 20)))
                        .getMessage());
    }

    @Test
    void sayWhatDiffersFromTheDefaults() {
        assertEquals(
                "EndpointSettings[reactor.hold.timeout.millis=0, reactor.port=7]",
                EndpointSettings.port(7)
                        .withHold(Hold.DEFAULTS.withTimeoutMillis(0))
                        .toString());
    }

    @Test
    void haveNoPublicConstructor() {
        assertEquals(0, EndpointSettings.class.getConstructors().length);
        assertEquals(
                List.of(),
                Arrays.stream(EndpointSettings.class.getDeclaredClasses())
                        .filter(part -> part.getConstructors().length > 0)
                        .toList());
    }
}
