package org.tonyreactor.it.felix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;

/**
 * All of a protocol bundle: answers each line with the name and the version of its bundle before it. The properties of
 * its endpoint are headers of the manifest; a configuration whose PID is the name of the bundle replaces them live.
 */
public final class Signer implements BundleActivator, ManagedService {
    /** The headers, each with the property that it sets. */
    private static final Map<String, String> PROPERTIES =
            Map.of("Reactor-Port", "reactor.port", "Service-Ranking", Constants.SERVICE_RANKING);

    private ServiceRegistration<ProtocolFactory> registration;

    @Override
    public void start(BundleContext context) {
        Bundle bundle = context.getBundle();
        Map<String, Object> given = new HashMap<>(Map.of("reactor.port", 0, "reactor.hold.timeout.millis", 0));
        PROPERTIES.forEach((header, property) -> {
            String value = bundle.getHeaders().get(header);
            if (value != null) {
                given.put(property, Integer.valueOf(value));
            }
        });
        String signature = bundle.getSymbolicName() + " " + bundle.getVersion() + ": ";
        registration = context.registerService(
                ProtocolFactory.class, peer -> new Signing(signature), FrameworkUtil.asDictionary(given));
        context.registerService(
                ManagedService.class,
                this,
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, bundle.getSymbolicName())));
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public void updated(Dictionary<String, ?> configured) {
        if (configured != null) {
            registration.setProperties(configured);
        }
    }

    private static final class Signing extends Protocol {
        private final byte[] signature;

        Signing(String signature) {
            this.signature = signature.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            for (int end = data.position(); end < data.limit(); end++) {
                if (data.get(end) == '\n') {
                    write(signature);
                    write(data.duplicate().limit(end + 1));
                    data.position(end + 1);
                }
            }
        }
    }
}
