package org.tonyreactor.internal.whiteboard;

import java.io.IOException;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.whiteboard.ReactorConstants;

/**
 * The engine in the framework: runs for as long as its bundle is active, with or without a configuration and with any
 * number of factories. What it does is in {@link ReactorServer}.
 */
@Component(
        service = {},
        immediate = true,
        name = "org.tonyreactor.reactor",
        configurationPid = ReactorConstants.ENGINE_PID)
@Designate(ocd = EngineConfiguration.class)
public final class ReactorComponent {
    private final BundleContext context;
    private final ReactorServer server;

    /** By the component runtime. */
    @Activate
    public ReactorComponent(BundleContext context, Map<String, Object> configuration) throws IOException {
        this.context = context;
        this.server = ReactorServer.start(context, configuration);
    }

    @Modified
    void modified(Map<String, Object> configuration) {
        server.configure(configuration);
    }

    @Deactivate
    void deactivate() {
        server.close();
    }

    @Reference(
            service = ProtocolFactory.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            updated = "updatedFactory",
            unbind = "removeFactory")
    void addFactory(ServiceReference<ProtocolFactory> reference) {
        server.add(new RegisteredFactory(context, reference));
    }

    void updatedFactory(ServiceReference<ProtocolFactory> reference) {
        server.update(RegisteredFactory.serviceId(reference));
    }

    void removeFactory(ServiceReference<ProtocolFactory> reference) {
        server.remove(RegisteredFactory.serviceId(reference));
    }
}
