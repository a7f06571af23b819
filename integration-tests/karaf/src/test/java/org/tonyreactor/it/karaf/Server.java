package org.tonyreactor.it.karaf;

import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** The engine, as it tells of itself. */
final class Server {
    /** Not the class: it cannot be loaded while the API is not installed. */
    private static final String RUNTIME = "org.tonyreactor.runtime.ReactorRuntime";

    private final BundleContext context;

    Server(BundleContext context) {
        this.context = context;
    }

    boolean isRunning() {
        return reference() != null;
    }

    void awaitRunning() {
        Await.until(context, "the engine runs", this::isRunning);
    }

    void awaitStopped() {
        Await.until(context, "the engine is gone", () -> !isRunning());
    }

    /** Tells engines apart: another start of the engine has another one. */
    long serviceId() {
        return (Long) running().getProperty(Constants.SERVICE_ID);
    }

    /** Grows with every change. */
    long changeCount() {
        return (Long) running().getProperty("service.changecount");
    }

    void awaitChangeAfter(long count) {
        Await.until(context, "the engine tells of a change after " + count, () -> changeCount() > count);
    }

    /** Waits until an endpoint is bound, and returns its port. */
    int awaitPort(String name) {
        Await.until(context, name + " is bound", () -> bound(name).isPresent());
        return bound(name).orElseThrow().port;
    }

    /** Waits until nothing of an endpoint is left. */
    void awaitGone(String name) {
        Await.until(
                context,
                name + " is gone",
                () -> Stream.of(snapshot().endpointDTOs).noneMatch(each -> each.name.equals(name)));
    }

    Optional<EndpointDTO> bound(String name) {
        return Stream.of(snapshot().endpointDTOs)
                .filter(each -> each.name.equals(name) && each.state == EndpointDTO.STATE_BOUND)
                .findAny();
    }

    RuntimeDTO snapshot() {
        ServiceReference<?> reference = running();
        ReactorRuntime runtime = (ReactorRuntime) context.getService(reference);
        try {
            return runtime.getRuntimeDTO();
        } finally {
            context.ungetService(reference);
        }
    }

    private ServiceReference<?> running() {
        ServiceReference<?> reference = reference();
        if (reference == null) {
            throw new AssertionError("the engine does not run");
        }
        return reference;
    }

    private ServiceReference<?> reference() {
        return context.getServiceReference(RUNTIME);
    }
}
