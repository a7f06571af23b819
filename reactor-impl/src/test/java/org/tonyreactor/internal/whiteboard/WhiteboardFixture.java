package org.tonyreactor.internal.whiteboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** An engine on real sockets with a whiteboard and its services, without a framework. */
final class WhiteboardFixture implements AfterEachCallback {
    private final Engine engine = start();
    private final ClassLoaderLeaks leaks = new ClassLoaderLeaks(() -> 0);
    private final FactoryWhiteboard whiteboard;
    private final AdminService admin;

    WhiteboardFixture() {
        whiteboard = new FactoryWhiteboard(new ServingContext(
                engine,
                new DeclarationReader(EndpointProperty.all(), Map.of("reactor.engine.name", "default")),
                new Predecessors(engine),
                engine.newReactor(),
                new ChangeCount(),
                leaks));
        admin = new AdminService(engine, leaks);
    }

    private static Engine start() {
        try {
            return Engine.start(EngineSettings.defaults().withWorkers(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        engine.close();
        whiteboard.close();
    }

    Engine engine() {
        return engine;
    }

    FactoryWhiteboard whiteboard() {
        return whiteboard;
    }

    AdminService admin() {
        return admin;
    }

    /** Registers a factory with properties, each a name and a value. */
    FakeOffer add(long serviceId, ProtocolFactory factory, Object... properties) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put((String) properties[i], properties[i + 1]);
        }
        FakeOffer offer = new FakeOffer(serviceId, all, () -> factory);
        whiteboard.add(offer);
        return offer;
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    RuntimeDTO runtime() {
        return new RuntimeReport(engine, whiteboard).getRuntimeDTO();
    }

    /** The endpoints of a service. */
    List<EndpointDTO> endpointsOf(long serviceId) {
        return List.of(runtime().endpointDTOs).stream()
                .filter(each -> each.serviceId == serviceId)
                .toList();
    }

    /** The only endpoint of a service. */
    EndpointDTO endpointOf(long serviceId) {
        List<EndpointDTO> all = endpointsOf(serviceId);
        if (all.size() != 1) {
            throw new AssertionError(all.toString());
        }
        return all.get(0);
    }
}
