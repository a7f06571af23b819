package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** Two versions of the engine's bundle in one framework. */
class SecondEngineIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    private static final String RUNTIME = "org.tonyreactor.runtime.ReactorRuntime";
    private static final String COMPONENTS = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    /** {@code ComponentConfigurationDTO.FAILED_ACTIVATION}. */
    private static final int FAILED_ACTIVATION = 16;

    @TempDir
    Path folder;

    @Test
    void isRefusedAndTellsWhy() throws Exception {
        Bundle bundle = FELIX.startPacked("annotated");
        int port = FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND);

        Bundle second = FELIX.start(secondEngine());

        Object configuration = configurationOf(second);
        assertEquals(FAILED_ACTIVATION, Fields.getInt(configuration, "state"));
        String failure = Fields.getString(configuration, "failure");
        assertTrue(
                failure.contains("an engine named default runs already, of bundle "
                        + FELIX.engine().getBundleId()),
                failure);
        assertEquals(List.of(FELIX.engine()), engines());
        try (Client client = Client.connect(port)) {
            assertEquals("hello", client.ask("hello"));
        }
    }

    @Test
    void servesWhenItStartsAgainAfterTheFirstHasStopped() throws Exception {
        Bundle second = FELIX.start(secondEngine());
        FELIX.engine().stop();
        try {
            second.stop();
            second.start();

            assertEquals(List.of(second), engines());
            Bundle bundle = FELIX.startPacked("annotated");
            try (Client client = Client.connect(FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND))) {
                assertEquals("hello", client.ask("hello"));
            }
        } finally {
            second.stop();
            FELIX.engine().start();
        }
    }

    private Path secondEngine() {
        return NewerVersion.of(FelixFixture.bundleFile("reactor-impl"), "1.0.1", folder);
    }

    private static List<Bundle> engines() throws InvalidSyntaxException {
        ServiceReference<?>[] references = FELIX.context().getAllServiceReferences(RUNTIME, null);
        assertNotNull(references);
        return List.of(references).stream().map(ServiceReference::getBundle).toList();
    }

    private static Object configurationOf(Bundle bundle) {
        ServiceReference<?> reference = FELIX.reference(COMPONENTS);
        Object components = FELIX.context().getService(reference);
        List<?> descriptions =
                (List<?>) Fields.call(components, "getComponentDescriptionDTOs", (Object) new Bundle[] {bundle});
        assertEquals(1, descriptions.size(), bundle.getHeaders().get(Constants.BUNDLE_VERSION));
        List<?> configurations =
                (List<?>) Fields.call(components, "getComponentConfigurationDTOs", descriptions.get(0));
        return configurations.get(0);
    }
}
