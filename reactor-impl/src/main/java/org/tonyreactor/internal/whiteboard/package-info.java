/**
 * The OSGi side: serves every {@code ProtocolFactory} service with the engine, for as long as it is registered.
 *
 * <p><b>Types.</b> {@link org.tonyreactor.internal.whiteboard.ReactorComponent} is the only component: it starts and
 * stops the engine, publishes {@code ReactorRuntime} and {@code Reactor}, and hands the services to a
 * {@code FactoryWhiteboard}, which keeps one {@code ServedFactory} for each. An {@code EndpointDeclaration} has the
 * endpoints that the properties of a service ask for. An {@code EndpointMetatype} describes these properties to
 * configuration tools if the platform has Metatype.
 *
 * <p><b>Threads.</b> Services come, change and go on any thread. Each {@code ServedFactory} guards its own state with
 * its monitor, held for the engine's bounded operations and never while code of another bundle is called. Code of other
 * bundles (getting a service, announcing a change) runs on the thread of the event or on an executor
 * ({@code BundleCalls}), never on one of the engine's loops.
 *
 * <p>It depends on the engine and on OSGi; nothing depends on it.
 */
@Capability(
        namespace = ReactorConstants.IMPLEMENTATION_NAMESPACE,
        name = ReactorConstants.IMPLEMENTATION_NAME,
        version = ReactorConstants.IMPLEMENTATION_VERSION,
        uses = {ProtocolFactory.class, Transport.class, Reactor.class, ReactorRuntime.class, RuntimeDTO.class})
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.tonyreactor.runtime.ReactorRuntime\"",
        uses = ReactorRuntime.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.tonyreactor.runtime.ReactorAdmin\"",
        uses = ReactorAdmin.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.tonyreactor.reactor.Reactor\"",
        uses = Reactor.class)
@NullMarked
package org.tonyreactor.internal.whiteboard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.transport.Transport;
import org.tonyreactor.whiteboard.ReactorConstants;
