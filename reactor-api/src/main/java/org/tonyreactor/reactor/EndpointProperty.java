package org.tonyreactor.reactor;

import java.util.List;

/**
 * The declaration of one property of an endpoint: its name, type, unit, default, bounds, and a sentence that says what it
 * does. The engine reads configurations with it. The descriptions for tools and the documentation are made from it.
 * Immutable; any thread.
 */
public final class EndpointProperty {
    private final Group group;
    private final String name;
    private final Object byDefault;
    private final Kind kind;
    private final String sentence;

    /** The part of the settings to which a property belongs, and the common prefix of the names of that part. */
    enum Group {
        /** The whiteboard reads these; they are no part of the settings. */
        SERVICE("reactor."),
        ADDRESS("reactor."),
        LIMITS("reactor."),
        OUTPUT("reactor.output."),
        HOLD("reactor.hold."),
        QUARANTINE("reactor.quarantine."),
        SHARE("reactor."),
        TCP("reactor.tcp.");

        final String prefix;

        Group(String prefix) {
            this.prefix = prefix;
        }
    }

    /** The allowed values: bounds of numbers, their unit, whether several values are allowed, whether one is required. */
    record Kind(String unit, long least, long most, boolean isMany, boolean isRequired) {
        static Kind number(String unit, long least, long most) {
            return new Kind(unit, least, most, false, false);
        }

        static Kind text() {
            return number("", 0, 0);
        }

        Kind many() {
            return new Kind(unit, least, most, true, isRequired);
        }

        Kind required() {
            return new Kind(unit, least, most, isMany, true);
        }
    }

    EndpointProperty(Group group, String name, Object byDefault, Kind kind, String sentence) {
        this.group = group;
        this.name = name;
        this.byDefault = byDefault;
        this.kind = kind;
        this.sentence = sentence;
    }

    /**
     * Every property that this version knows.
     *
     * @return the properties, in the order of the documentation
     */
    public static List<EndpointProperty> all() {
        return EndpointProperties.ALL;
    }

    /**
     * A property by its name.
     *
     * @param name such as {@code reactor.port}
     * @return the property
     * @throws IllegalArgumentException if there is none of this name
     */
    public static EndpointProperty named(String name) {
        return all().stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no property of an endpoint is named " + name));
    }

    /** {@return the name of the service property, such as {@code reactor.port}} */
    public String name() {
        return name;
    }

    /** {@return the class of each value: String, Integer, Long or Boolean} */
    public Class<?> type() {
        return byDefault.getClass();
    }

    /** {@return the unit of numbers, such as milliseconds; empty for texts and flags} */
    public String unit() {
        return kind.unit();
    }

    /** {@return the value if none is given; an empty text means none} */
    public Object byDefault() {
        return byDefault;
    }

    /** {@return the least number that is allowed} */
    public long least() {
        return kind.least();
    }

    /** {@return the greatest number that is allowed} */
    public long most() {
        return kind.most();
    }

    /** {@return whether a service may give several values, each for a separate endpoint} */
    public boolean isMany() {
        return kind.isMany();
    }

    /** {@return whether a service must give it} */
    public boolean isRequired() {
        return kind.isRequired();
    }

    /** {@return what the property does, in one sentence} */
    public String sentence() {
        return sentence;
    }

    /**
     * Checks one value.
     *
     * @param value a value of the {@link #type}
     * @return the same value
     * @throws IllegalArgumentException if it is of another type or out of bounds; the message says what is allowed
     */
    public Object checked(Object value) {
        if (value.getClass() != type()) {
            throw new IllegalArgumentException(name + " = " + value + " is a "
                    + value.getClass().getSimpleName() + ": set it to a " + type().getSimpleName());
        }
        if (value instanceof Number number && (number.longValue() < least() || number.longValue() > most())) {
            throw new IllegalArgumentException(
                    name + " = " + value + " is out of range: set it from " + least() + " to " + most());
        }
        return value;
    }

    Group group() {
        return group;
    }

    @Override
    public String toString() {
        return name;
    }
}
