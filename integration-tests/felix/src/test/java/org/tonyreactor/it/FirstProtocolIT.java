package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bundle of the guide's first page, as its own pom builds it, serves in a framework. */
class FirstProtocolIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    @Test
    void shouts() throws Exception {
        int port = FreePort.find();
        FELIX.configure("org.example.Shout", Map.of("reactor.port", port));
        FELIX.start(FelixFixture.bundleFile("my-protocol"));

        // The component may be registered before it gets its configuration, and then a second time.
        FelixFixture.await("port " + port, () -> Client.canConnect(port));
        try (Client client = Client.connect(port)) {
            assertEquals("Say something.", client.readLine());
            assertEquals("HELLO", client.ask("hello"));
        }
    }
}
