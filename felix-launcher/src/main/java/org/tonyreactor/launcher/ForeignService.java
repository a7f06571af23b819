package org.tonyreactor.launcher;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A service whose classes only its bundle has. The launcher calls it by name, so that no API of the bundles is on the
 * launcher's class path.
 */
final class ForeignService {
    private final Object service;
    private final Class<?> type;

    private ForeignService(Object service, Class<?> type) {
        this.service = service;
        this.type = type;
    }

    static Optional<ForeignService> find(BundleContext context, String typeName) {
        ServiceReference<?> reference = context.getServiceReference(typeName);
        if (reference == null) {
            return Optional.empty();
        }
        Object service = context.getService(reference);
        try {
            return service == null
                    ? Optional.empty()
                    : Optional.of(
                            new ForeignService(service, reference.getBundle().loadClass(typeName)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the bundle of " + typeName + " does not know it", e);
        }
    }

    /** Calls a method that takes strings only. */
    Object call(String method, String... args) {
        Class<?>[] types = new Class<?>[args.length];
        Arrays.fill(types, String.class);
        return call(type, service, method, types, (Object[]) args);
    }

    /** Calls a method that takes other types. */
    Object call(String method, Class<?>[] types, Object... args) {
        return call(type, service, method, types, args);
    }

    /** A field of a DTO. */
    static Object field(Object dto, String name) {
        try {
            return dto.getClass().getField(name).get(dto);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(dto.getClass().getName() + " has no readable field " + name, e);
        }
    }

    /** Another type of the bundle that has the service's type. */
    Class<?> neighbour(String typeName) {
        try {
            return Class.forName(typeName, false, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the bundle of " + type.getName() + " does not know " + typeName, e);
        }
    }

    /** Calls a method of what a foreign service has answered. */
    static Object call(Class<?> type, Object target, String method, Class<?>[] types, Object... args) {
        try {
            return type.getMethod(method, types).invoke(target, args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + "." + method + " failed: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + "." + method + " cannot be called", e);
        }
    }
}
