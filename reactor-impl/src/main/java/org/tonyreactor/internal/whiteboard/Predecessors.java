package org.tonyreactor.internal.whiteboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * The last settings of factories that have gone, for the factories that replace them: the component runtime registers a
 * component without a {@code @Modified} method anew for each configuration. Two registrations are of the same endpoint
 * if the symbolic name of the bundle and the name of the component, or else the PID, are the same.
 *
 * <p>Bound: a factory that is neither served nor held any more is forgotten when the next one goes. Any thread.
 */
final class Predecessors {
    private static final String COMPONENT_NAME = "component.name";
    private static final String PID = "service.pid";
    private static final String FACTORY_PID = "service.factoryPid";

    private final Engine engine;
    private final Map<List<String>, EndpointDeclaration> gone = new HashMap<>();

    Predecessors(Engine engine) {
        this.engine = engine;
    }

    /** Keeps what a factory that goes was served with. */
    synchronized void remember(OfferedFactory factory, EndpointDeclaration served) {
        gone.values().removeIf(each -> !isAlive(each));
        List<String> identity = identity(factory);
        if (!identity.isEmpty()) {
            gone.put(identity, served);
        }
    }

    /** The last settings of the same endpoint; null if it is new, or if another service still serves it. */
    synchronized @Nullable EndpointDeclaration claim(OfferedFactory factory) {
        return gone.remove(identity(factory));
    }

    /** Whether one of the addresses is served, by whomever, or held. */
    boolean isAlive(EndpointDeclaration declaration) {
        List<BindingView> views = engine.bindings();
        return declaration.endpoints().stream()
                .map(EndpointSettings::address)
                .anyMatch(address -> views.stream().anyMatch(view -> isAt(view, address)));
    }

    private static boolean isAt(BindingView view, EndpointSettings.Address address) {
        boolean isSameAddress = HostNames.isSame(view.host(), address.host()) && view.port() == address.port();
        return view.state() != State.DRAINING
                && (isSameAddress || view.binding().settings().address().equals(address));
    }

    /** Bundle and component; a component that a factory configuration has made is told from its siblings by the PID. */
    private static List<String> identity(OfferedFactory factory) {
        Map<String, Object> properties = factory.properties();
        Object component = properties.get(COMPONENT_NAME);
        Object pid = properties.get(PID);
        if (component == null && pid == null) {
            return List.of();
        }
        boolean needsPid = component == null || properties.containsKey(FACTORY_PID);
        return List.of(factory.bundleName(), String.valueOf(component), needsPid ? String.valueOf(pid) : "");
    }
}
