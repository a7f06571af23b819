package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** The bundle of the guide's first page, as its own pom builds it, serves in a framework. */
class FirstProtocolIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    @Test
    void shouts() throws Exception {
        int port = FreePort.find();
        FELIX.configure("org.example.Shout", Map.of("reactor.port", port));
        Bundle bundle = FELIX.start(FelixFixture.bundleFile("my-protocol"));

        assertEquals(port, FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND));
        try (Client client = Client.connect(port)) {
            assertEquals("Say something.", client.readLine());
            assertEquals("HELLO", client.ask("hello"));
        }
    }
}
