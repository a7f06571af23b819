package org.tonyreactor.reactor;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tonyreactor.reactor.EndpointProperty.Group;
import org.tonyreactor.whiteboard.ConnectionLimits;
import org.tonyreactor.whiteboard.HoldPolicy;
import org.tonyreactor.whiteboard.OutputLimits;
import org.tonyreactor.whiteboard.QuarantinePolicy;
import org.tonyreactor.whiteboard.ReactorEndpoint;
import org.tonyreactor.whiteboard.TcpOptions;
import org.tonyreactor.whiteboard.TrafficShare;

/** What a declared property needs beside its declaration, and cannot have made for it. */
final class MissingLines {
    static final Map<Group, Class<? extends Annotation>> ANNOTATIONS = Map.of(
            Group.SERVICE, ReactorEndpoint.class,
            Group.ADDRESS, ReactorEndpoint.class,
            Group.LIMITS, ConnectionLimits.class,
            Group.OUTPUT, OutputLimits.class,
            Group.HOLD, HoldPolicy.class,
            Group.QUARANTINE, QuarantinePolicy.class,
            Group.SHARE, TrafficShare.class,
            Group.TCP, TcpOptions.class);

    private static final Map<Group, Class<?>> PARTS = Map.of(
            Group.ADDRESS, EndpointSettings.Address.class,
            Group.LIMITS, EndpointSettings.Limits.class,
            Group.OUTPUT, EndpointSettings.Output.class,
            Group.HOLD, EndpointSettings.Hold.class,
            Group.QUARANTINE, EndpointSettings.Quarantine.class,
            Group.SHARE, EndpointSettings.Share.class,
            Group.TCP, EndpointSettings.Tcp.class);

    private MissingLines() {}

    /** The annotation that has a member for the property. */
    static Class<? extends Annotation> annotation(EndpointProperty property) {
        return Objects.requireNonNull(ANNOTATIONS.get(property.group()));
    }

    /** Each in one line that says what to write and where. */
    static List<String> of(List<EndpointProperty> properties) {
        List<String> missing = new ArrayList<>();
        for (EndpointProperty property : properties) {
            addMember(property, missing);
            Class<?> part = PARTS.get(property.group());
            if (part != null) {
                addAccessors(property, part, missing);
            }
        }
        return missing;
    }

    /** The member's name; the component runtime makes dots of its underscores. */
    static String member(EndpointProperty property) {
        return property.name().substring(property.group().prefix.length()).replace('.', '_');
    }

    /** The accessor's name, such as {@code timeoutMillis}. */
    static String accessor(EndpointProperty property) {
        StringBuilder name = new StringBuilder();
        for (String word : member(property).split("_", -1)) {
            name.append(name.isEmpty() ? word : capitalized(word));
        }
        return name.toString();
    }

    private static void addMember(EndpointProperty property, List<String> missing) {
        Class<?> annotation = annotation(property);
        String type = typeOf(property) + "[]";
        String name = member(property);
        boolean there = methods(annotation, name)
                .anyMatch(member -> member.getReturnType().getSimpleName().equals(type) && hasEmptyDefault(member));
        if (!there) {
            missing.add("@" + annotation.getSimpleName() + ": " + type + " " + name + "() default {};");
        }
    }

    private static boolean hasEmptyDefault(Method member) {
        Object value = member.getDefaultValue();
        return value != null && java.lang.reflect.Array.getLength(value) == 0;
    }

    private static void addAccessors(EndpointProperty property, Class<?> part, List<String> missing) {
        String type = typeOf(property);
        String name = accessor(property);
        if (methods(part, name)
                .noneMatch(method -> method.getReturnType().getSimpleName().equals(type))) {
            missing.add("EndpointSettings." + part.getSimpleName() + ": public " + type + " " + name + "()");
        }
        String with = "with" + capitalized(name);
        if (methods(part, with)
                .noneMatch(method -> method.getReturnType() == part
                        && method.getParameterTypes()[0].getSimpleName().equals(type))) {
            missing.add("EndpointSettings." + part.getSimpleName() + ": public " + part.getSimpleName() + " " + with
                    + "(" + type + " value)");
        }
    }

    private static Stream<Method> methods(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name));
    }

    private static String typeOf(EndpointProperty property) {
        return switch (property.type().getSimpleName()) {
            case "Integer" -> "int";
            case "Long" -> "long";
            case "Boolean" -> "boolean";
            default -> "String";
        };
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
