package org.tonyreactor.it;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** Reads objects whose classes live in the framework. */
final class Fields {
    private Fields() {}

    /** The value of a public field. */
    static Object get(Object owner, String field) {
        try {
            return owner.getClass().getField(field).get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(owner + " has no field " + field, e);
        }
    }

    static int getInt(Object owner, String field) {
        return (Integer) get(owner, field);
    }

    static long getLong(Object owner, String field) {
        return ((Number) get(owner, field)).longValue();
    }

    static String getString(Object owner, String field) {
        return (String) get(owner, field);
    }

    /** The elements of an array in a public field. */
    static List<Object> getAll(Object owner, String field) {
        Object array = get(owner, field);
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    /** Calls a public method of an interface that the object's class implements. */
    static Object call(Object owner, String method, Object... arguments) {
        for (Class<?> type : owner.getClass().getInterfaces()) {
            for (Method each : type.getMethods()) {
                if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
                    try {
                        return each.invoke(owner, arguments);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(owner + "." + method, e);
                    }
                }
            }
        }
        throw new IllegalStateException(owner + " has no method " + method);
    }
}
