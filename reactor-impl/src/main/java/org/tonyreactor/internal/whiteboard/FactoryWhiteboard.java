package org.tonyreactor.internal.whiteboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/**
 * The registered factory services, each with its {@link ServedFactory}. Any thread; it holds no lock of its own. Events
 * of one service may come on several threads at once, and while the whiteboard is being closed.
 */
final class FactoryWhiteboard implements AutoCloseable {
    private final ServingContext context;
    private final Map<Long, ServedFactory> served = new ConcurrentHashMap<>();
    private volatile boolean closed;

    FactoryWhiteboard(ServingContext context) {
        this.context = context;
    }

    /** A factory was registered. When this returns, it is bound or has a failure to show. */
    void add(OfferedFactory offered) {
        ServedFactory fresh = new ServedFactory(offered, context);
        ServedFactory before = served.put(offered.serviceId(), fresh);
        if (before != null) {
            before.close();
        }
        if (closed) {
            remove(offered.serviceId());
        } else {
            fresh.refresh();
        }
    }

    /** The properties of a factory were modified. */
    void update(long serviceId) {
        ServedFactory known = served.get(serviceId);
        if (known != null) {
            known.refresh();
        }
    }

    /** A factory is being unregistered. When this returns, none of its code runs and nothing of it is referenced. */
    void remove(long serviceId) {
        ServedFactory known = served.remove(serviceId);
        if (known != null) {
            known.close();
        }
    }

    /** Why factories are not served, as far as the engine does not know it. */
    List<FailedEndpointDTO> failures() {
        List<FailedEndpointDTO> failures = new ArrayList<>();
        served.values().forEach(each -> failures.addAll(each.failures()));
        return failures;
    }

    /** Gives back every service. After the engine has stopped: its connections are told so by the engine. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(served.keySet()).forEach(this::remove);
    }
}
