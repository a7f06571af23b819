package org.tonyreactor.shell;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.dto.DTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Reads data transfer objects by their public fields, so that JSON has every field of them, also of later versions. */
final class Snapshot {
    private Snapshot() {}

    /** The fields by name, constants as words. */
    static Map<String, Object> of(DTO dto) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : dto.getClass().getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                values.put(field.getName(), plain(value(field, dto)));
            }
        }
        if (dto instanceof EndpointDTO endpoint) {
            values.put("state", state(endpoint));
        } else if (dto instanceof FailedEndpointDTO failed) {
            values.put("reason", reason(failed));
        } else if (dto instanceof ConnectionDTO connection) {
            values.put("state", state(connection));
        }
        return values;
    }

    static String state(EndpointDTO endpoint) {
        return constant(EndpointDTO.class, "STATE_", endpoint.state);
    }

    static String state(ConnectionDTO connection) {
        return constant(ConnectionDTO.class, "STATE_", connection.state);
    }

    static String reason(FailedEndpointDTO failed) {
        return constant(FailedEndpointDTO.class, "REASON_", failed.reason);
    }

    /** The words that {@link #state(EndpointDTO)} may say. */
    static List<String> endpointStates() {
        return states(EndpointDTO.class);
    }

    /** The words that {@link #state(ConnectionDTO)} may say. */
    static List<String> connectionStates() {
        return states(ConnectionDTO.class);
    }

    private static List<String> states(Class<? extends DTO> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.getName().startsWith("STATE_"))
                .map(field -> words(field.getName(), "STATE_"))
                .toList();
    }

    /** The name of a constant in lower case; the number itself when a later engine has one that is not known here. */
    private static String constant(Class<?> type, String prefix, int number) {
        for (Field field : type.getFields()) {
            boolean candidate = field.getName().startsWith(prefix) && Modifier.isStatic(field.getModifiers());
            if (candidate && Integer.valueOf(number).equals(value(field, null))) {
                return words(field.getName(), prefix);
            }
        }
        return String.valueOf(number);
    }

    private static String words(String constant, String prefix) {
        return constant.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Object value(Field field, @Nullable DTO dto) {
        try {
            return field.get(dto);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is public and cannot be read", e);
        }
    }

    private static Object plain(@Nullable Object value) {
        if (value instanceof DTO nested) {
            return of(nested);
        }
        if (value instanceof Object[] array) {
            List<Object> list = new ArrayList<>();
            for (Object element : array) {
                list.add(plain(element));
            }
            return list;
        }
        return value == null ? "" : value;
    }
}
