package org.tonyreactor.it.karaf;

import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;

/**
 * The engine, as it tells of itself. It is asked by reflection: a bundle that is wired to the API would be refreshed, in the
 * midst of a test, when the API is replaced.
 */
final class Server {
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

    /** How many engines there are. */
    int count() {
        try {
            ServiceReference<?>[] references = context.getAllServiceReferences(RUNTIME, null);
            return references == null ? 0 : references.length;
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
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
        Await.until(context, name + " is bound", () -> boundPort(name).isPresent());
        return boundPort(name).orElseThrow();
    }

    /** Waits until nothing of an endpoint is left. */
    void awaitGone(String name) {
        Await.until(context, name + " is gone", () -> endpoints(name).findAny().isEmpty());
    }

    /** What the engine tells, for people to read. */
    String description() {
        return snapshot().toString();
    }

    private Optional<Integer> boundPort(String name) {
        return endpoints(name)
                .filter(each -> field(each, "state").equals(EndpointDTO.STATE_BOUND))
                .map(each -> (Integer) field(each, "port"))
                .findAny();
    }

    private Stream<Object> endpoints(String name) {
        if (!isRunning()) {
            return Stream.of();
        }
        Object[] endpoints = (Object[]) field(snapshot(), "endpointDTOs");
        return Stream.of(endpoints).filter(each -> name.equals(field(each, "name")));
    }

    private Object snapshot() {
        ServiceReference<?> reference = running();
        Object runtime = context.getService(reference);
        try {
            Class<?> type = reference.getBundle().loadClass(RUNTIME);
            return type.getMethod("getRuntimeDTO").invoke(runtime);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        } finally {
            context.ungetService(reference);
        }
    }

    private static Object field(Object dto, String name) {
        try {
            return dto.getClass().getField(name).get(dto);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
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
