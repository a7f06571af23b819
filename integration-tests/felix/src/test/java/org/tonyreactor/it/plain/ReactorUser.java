package org.tonyreactor.it.plain;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.ListeningPort;
import org.tonyreactor.reactor.Reactor;

/** A bundle that listens by hand, and gives nothing back when it stops. */
public final class ReactorUser implements BundleActivator {
    /** The port it listens on. */
    public volatile int port;
    /** The reactor it got. */
    public volatile Object reactor;

    @Override
    public void start(BundleContext context) {
        ServiceReference<Reactor> reference = context.getServiceReference(Reactor.class);
        Reactor got = context.getService(reference);
        got.callLater(Duration.ofDays(1), () -> {});
        ListeningPort opened = got.listen(EndpointSettings.port(0), new RecordingEcho());
        port = ((InetSocketAddress) opened.localAddress()).getPort();
        reactor = got;
        context.registerService(ReactorUser.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {}
}
