package org.tonyreactor.shell.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.FrameworkContext;
import org.tonyreactor.shell.Screen;
import org.tonyreactor.shell.StrictJson;

/** Real bundles in a real framework; only the engine and the component runtime say what the test wants. */
final class WhyTest {
    private static final String CHAT = "org.example.chat";
    private static final Map<String, String> COMPONENT = Map.of("Service-Component", "OSGI-INF/chat.xml");

    @TempDir
    Path folder;

    private final RuntimeDTO runtime = new RuntimeDTO();
    private FrameworkWithBundles framework;
    private ServiceRegistration<ReactorRuntime> engine;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkWithBundles(folder.resolve("felix"));
        engine = framework
                .context()
                .registerService(
                        ReactorRuntime.class,
                        () -> runtime,
                        FrameworkUtil.asDictionary(Map.of("reactor.engine.name", "default")));
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    void namesThePackageThatNobodyExports() throws Exception {
        framework.install(CHAT, Map.of(Constants.IMPORT_PACKAGE, "org.example.missing;version=\"[1.2,2)\""));

        assertFinding(
                "not-resolved",
                "it is not resolved: the requirement is met by nobody: package org.example.missing "
                        + "(version>=1.2.0)(!(version>=2.0.0))");
    }

    @Test
    void namesTheJavaThatIsTooOld() throws Exception {
        framework.install(
                CHAT, Map.of(Constants.REQUIRE_CAPABILITY, "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));

        assertFinding(
                "not-resolved",
                "it is not resolved: the requirement is met by nobody: Java (&(osgi.ee=JavaSE)(version=99))");
    }

    @Test
    void namesWhatTheOnlyProviderLacks() throws Exception {
        framework.install(
                "org.example.library",
                Map.of(
                        Constants.EXPORT_PACKAGE,
                        "org.example.library",
                        Constants.IMPORT_PACKAGE,
                        "org.example.missing"));
        framework.install(CHAT, Map.of(Constants.IMPORT_PACKAGE, "org.example.library"));

        String because = only(new Why(CHAT, false)).get("because").getAsString();

        assertTrue(
                because.startsWith("it is not resolved: the requirement of org.example.library 1.0.0 (bundle "),
                because);
        assertTrue(because.contains("met by nobody: package org.example.missing"), because);
    }

    @Test
    void ignoresWhatIsOptional() throws Exception {
        framework.install(CHAT, Map.of(Constants.IMPORT_PACKAGE, "org.example.missing;resolution:=optional"));

        assertFinding("not-started", "it is not started");
    }

    @Test
    void saysThatItIsNotStarted() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of());

        assertFinding("not-started", "it is not started");
        assertEquals(
                "start " + chat.getBundleId(),
                only(new Why(CHAT, false)).get("remedy").getAsString());
    }

    @Test
    void saysThatItsStartLevelIsNotReached() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of());
        chat.adapt(BundleStartLevel.class).setStartLevel(50);
        chat.start();

        assertFinding("start-level", "its start level is 50 and the framework is at 1");
    }

    @Test
    void saysThatItsActivatorFailed() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of(Constants.BUNDLE_ACTIVATOR, "org.example.Missing"));
        assertThrows(BundleException.class, chat::start);

        assertFinding("start-failed", "it was to start and did not: its activator, or resolving it, failed");
    }

    @Test
    void saysThatAFragmentNeverStarts() throws Exception {
        framework.install(CHAT, Map.of(Constants.FRAGMENT_HOST, "system.bundle"));

        assertFinding("fragment", "it is a fragment, which is never started");
    }

    @Test
    void saysThatThereIsNoFactory() throws Exception {
        framework.install(CHAT, Map.of()).start();

        assertFinding("no-factory", "it has no component and has registered no ProtocolFactory");
    }

    @Test
    void saysThatThereIsNoComponentRuntime() throws Exception {
        framework.install(CHAT, COMPONENT).start();

        assertFinding("no-component-runtime", "it is made of components and no component runtime is running");
    }

    @Test
    void saysThatNoComponentIsAFactory() throws Exception {
        components("java.lang.Runnable");

        assertFinding("no-factory", "none of its components has the service ProtocolFactory");
    }

    @Test
    void saysThatTheComponentIsDisabled() throws Exception {
        components(ProtocolFactory.class.getName()).enabled = false;

        assertFinding("component-disabled", "its component org.example.Chat is disabled");
    }

    @Test
    void saysWhichConfigurationTheComponentWaitsFor() throws Exception {
        components(ProtocolFactory.class.getName());

        assertFinding("component-unconfigured", "its component org.example.Chat waits for a configuration");
        assertEquals(
                "create one with the PID org.example.chat",
                only(new Why(CHAT, false)).get("remedy").getAsString());
    }

    @Test
    void saysWhichServiceTheComponentWaitsFor() throws Exception {
        FakeComponents components = components(ProtocolFactory.class.getName());
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "clock";
        reference.interfaceName = "java.time.InstantSource";
        components.component.references = new ReferenceDTO[] {reference};
        UnsatisfiedReferenceDTO unsatisfied = new UnsatisfiedReferenceDTO();
        unsatisfied.name = "clock";
        unsatisfied.target = "(zone=utc)";
        components.configuration(ComponentConfigurationDTO.UNSATISFIED_REFERENCE).unsatisfiedReferences =
                new UnsatisfiedReferenceDTO[] {unsatisfied};

        assertFinding(
                "component-unsatisfied",
                "its component org.example.Chat waits for java.time.InstantSource with (zone=utc) (reference clock)");
    }

    @Test
    void saysThatTheComponentThrew() throws Exception {
        components(ProtocolFactory.class.getName()).configuration(ComponentConfigurationDTO.FAILED_ACTIVATION).failure =
                "java.lang.IllegalStateException: no disk\n\tat somewhere";

        assertFinding(
                "component-failed",
                "its component org.example.Chat threw when it was activated: java.lang.IllegalStateException: no disk");
    }

    @Test
    void saysThatThereIsNoEngine() throws Exception {
        chat(Map.of());
        engine.unregister();

        assertFinding("no-engine", "no engine is installed");
    }

    @Test
    void saysWhyTheEngineDoesNotRun() throws Exception {
        chat(Map.of());
        engine.unregister();
        Bundle impl = framework.install(WhyBundle.ENGINE, Map.of());

        assertFinding(
                "no-engine",
                "no engine is running: org.tonyreactor.impl 1.0.0 (bundle " + impl.getBundleId()
                        + "): it is not started");
    }

    @Test
    void saysThatTheBundleHasACopyOfTheApi() throws Exception {
        Bundle chat = framework.install(
                CHAT,
                Map.of(),
                Map.of(
                        "org/tonyreactor/protocol/ProtocolFactory.class",
                        FrameworkWithBundles.bytes("org/tonyreactor/protocol/ProtocolFactory.class"),
                        "org/tonyreactor/protocol/Protocol.class",
                        FrameworkWithBundles.bytes("org/tonyreactor/protocol/Protocol.class"),
                        "org/tonyreactor/transport/Peer.class",
                        FrameworkWithBundles.bytes("org/tonyreactor/transport/Peer.class")));
        chat.start();
        Class<?> copy = chat.loadClass(ProtocolFactory.class.getName());
        Object factory = Proxy.newProxyInstance(
                FrameworkWithBundles.loader(chat), new Class<?>[] {copy}, (proxy, method, args) -> null);
        chat.getBundleContext().registerService(ProtocolFactory.class.getName(), factory, null);

        assertEquals("foreign-api", only(new Why(CHAT, false)).get("cause").getAsString());
    }

    @Test
    void saysThatAnotherEngineIsMeant() throws Exception {
        chat(Map.of("reactor.target", "(reactor.engine.name=other)"));

        assertFinding(
                "other-engine", "reactor.target = (reactor.engine.name=other) matches no property of this engine");
    }

    @Test
    void passesOnWhatTheEngineSaysOfAFactory() throws Exception {
        ServiceRegistration<?> chat = chat(Map.of());
        failed(chat, FailedEndpointDTO.REASON_VALIDATION_FAILED, "reactor.port = x is no port: write a number");

        assertFinding("wrong-property", "127.0.0.1:7007: reactor.port = x is no port: write a number");
    }

    @Test
    void saysWhatIsWrongBesideWhatIsInForce() throws Exception {
        ServiceRegistration<?> chat = chat(Map.of());
        endpoint(chat, EndpointDTO.STATE_BOUND);
        failed(
                chat,
                FailedEndpointDTO.REASON_VALIDATION_FAILED,
                "reactor.port = x is no port; the last good settings stay");

        JsonObject said = json(new Why(CHAT, false));
        List<String> causes = new ArrayList<>();
        said.getAsJsonArray("findings")
                .forEach(each -> causes.add(each.getAsJsonObject().get("cause").getAsString()));
        assertEquals(List.of("live", "wrong-property"), causes, said.toString());
    }

    @Test
    void saysHowToReleaseFromQuarantine() throws Exception {
        ServiceRegistration<?> chat = chat(Map.of());
        failed(chat, FailedEndpointDTO.REASON_QUARANTINED, "10 of 12 connections failed within 10 s");

        assertEquals(
                "reactor:factory-release " + id(chat) + ", or update its bundle",
                only(new Why(CHAT, false)).get("remedy").getAsString());
    }

    @Test
    void saysThatItIsLive() throws Exception {
        endpoint(chat(Map.of()), EndpointDTO.STATE_BOUND).connections = 1;

        JsonObject json = json(new Why(CHAT, false));

        assertTrue(json.get("live").getAsBoolean());
        assertEquals(
                List.of(
                        json.get("subject").getAsString() + " is live.",
                        "  live         127.0.0.1:7007, 100% of the new connections, 1 connection open"),
                lines(new Why(CHAT, false)));
    }

    @Test
    void saysThatAcceptingIsSuspended() throws Exception {
        endpoint(chat(Map.of()), EndpointDTO.STATE_SUSPENDED).accepting = false;

        assertFinding("suspended", "127.0.0.1:7007 accepts no new connections, by command; 0 connections open");
    }

    @Test
    void saysThatItsWeightIsZero() throws Exception {
        EndpointDTO endpoint = endpoint(chat(Map.of()), EndpointDTO.STATE_BOUND);
        endpoint.sharePercent = 0;
        endpoint.weight = 0;

        assertFinding("no-share", "127.0.0.1:7007 gives it none of the new connections: its reactor.weight is 0");
    }

    @Test
    void tellsThatThePortOfAStoppedBundleIsHeld() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of());
        EndpointDTO held = endpoint(-1, chat.getBundleId(), EndpointDTO.STATE_HELD);
        held.waiting = 2;
        held.connections = 5;

        assertEquals(
                List.of(
                        CHAT + " 1.0.0 (bundle " + chat.getBundleId() + ") is not live.",
                        "  because      it is not started",
                        "  do           start " + chat.getBundleId(),
                        "  because      127.0.0.1:7007 is held for the next factory: 5 connections, 2",
                        "               peers waiting"),
                lines(new Why(CHAT, false)));
    }

    @Test
    void tellsAHeldPortOnceAndTheCauseFirst() throws Exception {
        ServiceRegistration<?> chat = chat(Map.of());
        endpoint(chat, EndpointDTO.STATE_HELD).connections = 2;
        endpoint(chat, EndpointDTO.STATE_HELD).waiting = 1;
        failed(chat, FailedEndpointDTO.REASON_QUARANTINED, "it fails too often on 127.0.0.1:7007");

        List<String> lines = lines(new Why("7007", false));

        assertEquals("Port 7007 is not served.", lines.get(0));
        assertTrue(lines.get(1).startsWith("  because      chat, service " + id(chat)), lines.toString());
        assertEquals(
                List.of(
                        "  because      127.0.0.1:7007 is held for the next factory: 2 connections, 1",
                        "               peer waiting"),
                lines.stream()
                        .dropWhile(line -> !line.contains("is held"))
                        .limit(2)
                        .toList());
        assertEquals(2, json(new Why("7007", false)).getAsJsonArray("findings").size());
    }

    @Test
    void saysWhoServesAPortAndWhoStandsBehind() throws Exception {
        ServiceRegistration<?> chat = chat(Map.of());
        endpoint(chat, EndpointDTO.STATE_BOUND);
        failed(chat, FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE, "service 1 is better");

        List<String> lines = lines(new Why("7007", false));

        assertEquals("Port 7007 is served.", lines.get(0));
        assertTrue(
                lines.get(1).startsWith("  live         chat, service " + id(chat) + " of " + CHAT), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("  but          chat, service ")), lines.toString());
    }

    @Test
    void saysThatNobodyServesAPortAndWhoMight() throws Exception {
        framework.install(CHAT, Map.of(Constants.IMPORT_PACKAGE, "org.tonyreactor.protocol"));

        JsonObject finding = only(new Why("7008", false));

        assertEquals("nobody", finding.get("cause").getAsString());
        assertTrue(finding.get("remedy").getAsString().contains(CHAT), finding.toString());
    }

    @Test
    void takesANumberAsAPortUnlessOnlyABundleHasIt() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of());
        String number = String.valueOf(chat.getBundleId());

        assertTrue(lines(new Why(number, false)).get(0).startsWith(CHAT));
        assertEquals(
                "Port " + number + " is not served.",
                lines(new Why(":" + number, false)).get(0));
        endpoint(5, 0, EndpointDTO.STATE_BOUND).port = (int) chat.getBundleId();
        assertEquals(
                "Port " + number + " is served.", lines(new Why(number, false)).get(0));
        assertTrue(lines(new Why(number, true)).get(0).startsWith(CHAT));
    }

    @Test
    void findsABundleByAPartOfItsName() throws Exception {
        framework.install(CHAT, Map.of());

        assertTrue(lines(new Why("chat", false)).get(0).startsWith(CHAT));
    }

    @Test
    void refusesWhatIsNeitherBundleNorPort() throws Exception {
        framework.install(CHAT, Map.of());
        framework.install(CHAT + "2", Map.of());

        assertFails("there is no bundle nothing: write its id or its symbolic name", new Why("nothing", false));
        assertFails("99999 is neither a bundle nor a port, which ends at 65535", new Why("99999", false));
        assertTrue(failure(new Why("example", false)).startsWith("example is ambiguous: write the id of one of "));
    }

    private FakeComponents components(String service) throws Exception {
        framework.install(CHAT, COMPONENT).start();
        FakeComponents components = new FakeComponents(service);
        framework.context().registerService(ServiceComponentRuntime.class, components, null);
        return components;
    }

    /** A bundle that has registered a factory. */
    private ServiceRegistration<?> chat(Map<String, ?> properties) throws Exception {
        Bundle chat = framework.install(CHAT, Map.of(Constants.IMPORT_PACKAGE, "org.tonyreactor.protocol"));
        chat.start();
        ProtocolFactory factory = peer -> null;
        return chat.getBundleContext()
                .registerService(ProtocolFactory.class, factory, FrameworkUtil.asDictionary(properties));
    }

    private EndpointDTO endpoint(ServiceRegistration<?> factory, int state) {
        return endpoint(id(factory), factory.getReference().getBundle().getBundleId(), state);
    }

    private EndpointDTO endpoint(long serviceId, long bundleId, int state) {
        EndpointDTO endpoint = new EndpointDTO();
        endpoint.name = "chat";
        endpoint.address = "127.0.0.1:7007";
        endpoint.host = "127.0.0.1";
        endpoint.port = 7007;
        endpoint.state = state;
        endpoint.serviceId = serviceId;
        endpoint.bundleId = bundleId;
        endpoint.sharePercent = 100;
        List<EndpointDTO> all = new ArrayList<>(List.of(runtime.endpointDTOs));
        all.add(endpoint);
        runtime.endpointDTOs = all.toArray(EndpointDTO[]::new);
        return endpoint;
    }

    private void failed(ServiceRegistration<?> factory, int reason, String message) {
        FailedEndpointDTO failed = new FailedEndpointDTO();
        failed.name = "chat";
        failed.host = "127.0.0.1";
        failed.port = 7007;
        failed.reason = reason;
        failed.message = message;
        failed.serviceId = id(factory);
        failed.bundleId = factory.getReference().getBundle().getBundleId();
        runtime.failedEndpointDTOs = new FailedEndpointDTO[] {failed};
    }

    private static long id(ServiceRegistration<?> factory) {
        return (Long) factory.getReference().getProperty(Constants.SERVICE_ID);
    }

    private void assertFinding(String cause, String because) throws CommandFailure {
        JsonObject finding = only(new Why(CHAT, false));

        assertEquals(cause, finding.get("cause").getAsString());
        assertEquals(because, finding.get("because").getAsString());
    }

    private void assertFails(String message, Why why) {
        assertEquals(message, failure(why));
    }

    private String failure(Why why) {
        return assertThrows(CommandFailure.class, () -> lines(why)).toString();
    }

    private JsonObject only(Why why) throws CommandFailure {
        JsonObject json = json(why);
        assertEquals(1, json.getAsJsonArray("findings").size(), json.toString());
        return json.getAsJsonArray("findings").get(0).getAsJsonObject();
    }

    private JsonObject json(Why why) throws CommandFailure {
        try (FrameworkContext shell = new FrameworkContext(framework.context())) {
            return StrictJson.parse(why.answer(shell).print(true)).getAsJsonObject();
        }
    }

    private List<String> lines(Why why) throws CommandFailure {
        try (FrameworkContext shell = new FrameworkContext(framework.context())) {
            List<String> lines = why.answer(shell).lines().get();
            Screen.assertFits(lines, "why");
            return lines;
        }
    }
}
