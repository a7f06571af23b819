package org.tonyreactor.internal.whiteboard;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;
import org.tonyreactor.reactor.EndpointProperty;

/**
 * The description of one property of a configuration. Immutable.
 *
 * @param property the declaration from which everything here comes
 * @param inForce the component's present properties
 */
record PropertyDescription(EndpointProperty property, Map<String, Object> inForce) implements AttributeDefinition {
    private static final Map<String, String> UNITS =
            Map.of("millis", "milliseconds", "bytes", "bytes", "percent", "percent");

    /** Whether the component cannot be served without a configuration of it. */
    boolean isRequired() {
        return property.isRequired() && inForce.get(property.name()) == null;
    }

    /** The words of the property's name; its unit, where the name ends in one, in brackets. */
    @Override
    public String getName() {
        String words = property.name().substring(property.name().indexOf('.') + 1);
        String last = words.substring(words.lastIndexOf('.') + 1);
        String unit = UNITS.getOrDefault(last, "");
        String rest = unit.isEmpty() || last.equals(words)
                ? words
                : words.substring(0, words.length() - last.length() - 1) + " (" + unit + ")";
        return rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1).replace('.', ' ');
    }

    @Override
    public String getID() {
        return property.name();
    }

    @Override
    public String getDescription() {
        if (!Number.class.isAssignableFrom(property.type())) {
            return property.sentence();
        }
        boolean isBounded = property.most() != Long.MAX_VALUE && property.most() != Integer.MAX_VALUE;
        return property.sentence() + " From " + property.least() + (isBounded ? " to " + property.most() : "") + ".";
    }

    /** As many as there are, in an array, where there may be several. */
    @Override
    public int getCardinality() {
        return property.isMany() ? Integer.MAX_VALUE : 0;
    }

    @Override
    public int getType() {
        if (property.type() == Integer.class) {
            return INTEGER;
        }
        if (property.type() == Long.class) {
            return LONG;
        }
        return property.type() == Boolean.class ? BOOLEAN : STRING;
    }

    /** No property has a fixed set of values yet. */
    @Override
    public String @Nullable [] getOptionValues() {
        return null;
    }

    @Override
    public String @Nullable [] getOptionLabels() {
        return null;
    }

    /** The problem in the words of the reader of configurations; empty if the value is good. */
    @Override
    public String validate(String value) {
        PropertyReader reader = new PropertyReader(Map.of(property.name(), value));
        read(reader);
        return String.join("; ", reader.problems());
    }

    /** The value in force if nothing is configured. */
    @Override
    public String @Nullable [] getDefaultValue() {
        PropertyReader reader = new PropertyReader(inForce);
        if (inForce.get(property.name()) != null) {
            String[] now = read(reader).stream().map(String::valueOf).toArray(String[]::new);
            if (reader.problems().isEmpty()) {
                return now;
            }
        }
        boolean isNone =
                property.isRequired() || property.byDefault().toString().isEmpty();
        return isNone ? null : new String[] {property.byDefault().toString()};
    }

    private Collection<?> read(PropertyReader reader) {
        return property.isMany() ? reader.all(property) : Set.of(reader.one(property));
    }
}
