package org.tonyreactor.it.felix;

import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.tonyreactor.protocol.ProtocolFactory;

/** Offers a factory, and throws then. */
public final class BrokenActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(
                ProtocolFactory.class,
                peer -> null,
                FrameworkUtil.asDictionary(Map.of("reactor.port", 0, "reactor.hold.timeout.millis", 0)));
        throw new IllegalStateException("broken");
    }

    @Override
    public void stop(BundleContext context) {}
}
