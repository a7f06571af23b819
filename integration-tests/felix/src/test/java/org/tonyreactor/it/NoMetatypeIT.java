package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** A framework in which nobody has the package of OSGi Metatype. */
class NoMetatypeIT {
    @RegisterExtension
    static final FelixFixture FELIX = FelixFixture.without("org.apache.felix.metatype.jar");

    @Test
    void servesAndDescribesNothing() throws Exception {
        Bundle bundle = FELIX.startPacked("annotated");

        try (Client client = Client.connect(FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND))) {
            assertEquals("hello", client.ask("hello"));
        }
        assertEquals(List.of(), offered("org.osgi.service.metatype.MetaTypeProvider"));
        assertEquals(1, offered("org.tonyreactor.runtime.ReactorRuntime").size());
        bundle.stop();
        FELIX.engine().stop();
        FELIX.engine().start();
        bundle.start();
        FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND);
    }

    /** The engine's services of a type. */
    private static List<ServiceReference<?>> offered(String type) {
        return Stream.of(FELIX.engine().getRegisteredServices())
                .filter(each -> List.of((String[]) each.getProperty(Constants.OBJECTCLASS))
                        .contains(type))
                .toList();
    }
}
