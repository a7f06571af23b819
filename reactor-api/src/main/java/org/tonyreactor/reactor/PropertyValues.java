package org.tonyreactor.reactor;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.reactor.EndpointProperty.Group;

/**
 * Values of properties, all of them or those of one group. Only values that differ from their defaults are kept, so
 * settings with the same values are equal. Immutable.
 */
@ProviderType
abstract class PropertyValues {
    private final @Nullable Group group;
    private final Map<EndpointProperty, Object> changed;

    /**
     * Keeps those values that belong to a group.
     *
     * @param group null for all groups
     * @throws IllegalArgumentException when a value is of the wrong type or out of bounds
     */
    PropertyValues(Map<EndpointProperty, ?> values, @Nullable Group group) {
        Map<EndpointProperty, Object> kept = new LinkedHashMap<>();
        values.forEach((property, value) -> {
            if ((group == null || property.group() == group)
                    && !property.checked(value).equals(property.byDefault())) {
                kept.put(property, value);
            }
        });
        this.group = group;
        this.changed = Map.copyOf(kept);
    }

    final Object get(EndpointProperty property) {
        Object value = changed.get(property);
        return value == null ? property.byDefault() : value;
    }

    final String text(EndpointProperty property) {
        return (String) get(property);
    }

    final boolean flag(EndpointProperty property) {
        return (boolean) get(property);
    }

    final int integer(EndpointProperty property) {
        return (int) get(property);
    }

    final long number(EndpointProperty property) {
        return (long) get(property);
    }

    /** All values with others for some properties. */
    final Map<EndpointProperty, Object> with(Map<EndpointProperty, ?> others) {
        Map<EndpointProperty, Object> all = new LinkedHashMap<>(changed);
        all.putAll(others);
        return all;
    }

    /** All values with another for one property. */
    final Map<EndpointProperty, Object> with(EndpointProperty property, Object value) {
        return with(Map.of(property, value));
    }

    /** All values with others for a whole group. */
    final Map<EndpointProperty, Object> with(PropertyValues part) {
        Map<EndpointProperty, Object> all = new LinkedHashMap<>(changed);
        all.keySet().removeIf(property -> property.group() == part.group);
        all.putAll(part.changed);
        return all;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof PropertyValues that && getClass() == that.getClass() && changed.equals(that.changed);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(getClass(), changed);
    }

    /** The values that differ from their defaults. */
    @Override
    public final String toString() {
        return changed.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", ", getClass().getSimpleName() + "[", "]"));
    }
}
