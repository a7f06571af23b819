package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.tonyreactor.it.annotated.AnnotatedEcho;
import org.tonyreactor.it.described.DescribedEcho;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** What a tool that configures is told by the framework's Metatype service. */
class MetatypeIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    private static final String METATYPE = "org.osgi.service.metatype.MetaTypeService";
    private static final String ENGINE_PID = "org.tonyreactor";
    /** {@code ObjectClassDefinition.ALL}. */
    private static final int ALL = -1;

    @Test
    void describesAComponentForAsLongAsItIsThere() throws Exception {
        assertEquals(List.of(ENGINE_PID), pids(FELIX.engine()));

        Bundle bundle = FELIX.startPacked("annotated");

        FelixFixture.await("the description", () -> pids(FELIX.engine()).contains(AnnotatedEcho.NAME));
        Object description = description(FELIX.engine(), AnnotatedEcho.NAME);
        assertEquals(EndpointProperty.all().stream().map(EndpointProperty::name).toList(), properties(description));
        bundle.stop();
        FelixFixture.await(
                "the end of the description", () -> List.of(ENGINE_PID).equals(pids(FELIX.engine())));
        bundle.start();
        FelixFixture.await("the description again", () -> pids(FELIX.engine()).contains(AnnotatedEcho.NAME));
    }

    @Test
    void describesAComponentThatIsConfiguredWithWhatIsInForce() throws Exception {
        Bundle bundle = FELIX.startPacked("annotated");
        long serviceId = FELIX.serviceIdOf(bundle);
        try {
            FELIX.configure(AnnotatedEcho.NAME, Map.of("reactor.weight", "40"));

            FelixFixture.await("the weight", () -> List.of("40").equals(startsFrom("reactor.weight")));
            assertEquals(List.of("0"), startsFrom("reactor.port"));
            FELIX.awaitPort(serviceId, EndpointDTO.STATE_BOUND);
        } finally {
            FELIX.deleteConfiguration(AnnotatedEcho.NAME);
        }
        FelixFixture.await("the default again", () -> List.of("100").equals(startsFrom("reactor.weight")));
    }

    @Test
    void leavesAComponentToItsOwnDescription() throws Exception {
        Bundle described = FELIX.startPacked("described");
        FELIX.startPacked("annotated");

        FelixFixture.await("the other", () -> pids(FELIX.engine()).contains(AnnotatedEcho.NAME));
        assertFalse(pids(FELIX.engine()).contains(DescribedEcho.NAME));
        assertTrue(pids(described).contains(DescribedEcho.NAME));
        assertEquals(List.of("reactor.port"), properties(description(described, DescribedEcho.NAME)));
    }

    /** Of the engine's own configuration. */
    @Test
    void describesTheEngine() {
        assertTrue(properties(description(FELIX.engine(), ENGINE_PID)).contains("read.buffer.bytes"));
    }

    private static List<String> startsFrom(String property) {
        if (!pids(FELIX.engine()).contains(AnnotatedEcho.NAME)) {
            return List.of();
        }
        Object description = description(FELIX.engine(), AnnotatedEcho.NAME);
        return attributes(description)
                .filter(each -> Fields.call(each, "getID").equals(property))
                .map(each -> Fields.call(each, "getDefaultValue"))
                .flatMap(values -> Stream.of((String[]) values))
                .toList();
    }

    private static List<String> pids(Bundle bundle) {
        return List.of((String[]) Fields.call(information(bundle), "getPids"));
    }

    private static Object description(Bundle bundle, String pid) {
        return Fields.call(information(bundle), "getObjectClassDefinition", pid, null);
    }

    private static List<String> properties(Object description) {
        return attributes(description)
                .map(each -> (String) Fields.call(each, "getID"))
                .toList();
    }

    private static Stream<Object> attributes(Object description) {
        return Stream.of((Object[]) Fields.call(description, "getAttributeDefinitions", ALL));
    }

    private static Object information(Bundle bundle) {
        Object metatype = FELIX.context().getService(FELIX.reference(METATYPE));
        return Fields.call(metatype, "getMetaTypeInformation", bundle);
    }
}
