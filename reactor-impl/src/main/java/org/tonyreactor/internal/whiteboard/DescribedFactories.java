package org.tonyreactor.internal.whiteboard;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The factories whose properties are described for configuration tools, by the PIDs of their configurations. A
 * component without a configuration can be given one by its name, which is its PID unless its author chose another PID.
 * A component that its bundle describes is not described here. Any thread.
 */
final class DescribedFactories {
    private static final String COMPONENT_NAME = "component.name";
    private static final String PID = "service.pid";
    private static final String FACTORY_PID = "service.factoryPid";

    private final Map<Long, OfferedFactory> factories = new ConcurrentHashMap<>();
    private final ChangeCount changes = new ChangeCount();

    /** Sets a listener that is told, on another thread, that the PIDs have changed. */
    void onChange(Runnable listener) {
        changes.announceTo(count -> listener.run());
    }

    void add(OfferedFactory factory) {
        factories.put(factory.serviceId(), factory);
        changes.increment();
    }

    /** The properties of a factory were modified. */
    void update() {
        changes.increment();
    }

    void remove(long serviceId) {
        if (factories.remove(serviceId) != null) {
            changes.increment();
        }
    }

    /** The PIDs of components that have, or may have, one configuration. */
    List<String> pids() {
        return all(DescribedFactories::pidsOf);
    }

    /** The PIDs of components that are made by factory configurations. */
    List<String> factoryPids() {
        return all(factory -> texts(factory.properties().get(FACTORY_PID)));
    }

    /** The properties of the only component that a PID configures; none where it configures several. */
    Map<String, Object> inForce(String pid) {
        return factories.values().stream()
                .filter(factory -> pidsOf(factory).contains(pid))
                .findFirst()
                .map(OfferedFactory::properties)
                .orElse(Map.of());
    }

    private List<String> all(Function<OfferedFactory, List<String>> pids) {
        return factories.values().stream()
                .flatMap(factory -> pids.apply(factory).stream().filter(pid -> !factory.describes(pid)))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> pidsOf(OfferedFactory factory) {
        Map<String, Object> properties = factory.properties();
        if (properties.containsKey(FACTORY_PID)) {
            return List.of();
        }
        List<String> configured = texts(properties.get(PID));
        return configured.isEmpty() ? texts(properties.get(COMPONENT_NAME)) : configured;
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        Stream<?> several = value instanceof Object[] array
                ? Stream.of(array)
                : value instanceof Collection<?> collection ? collection.stream() : Stream.of();
        return several.map(String::valueOf).toList();
    }
}
