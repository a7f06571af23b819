package org.tonyreactor.shell.karaf;

import org.jspecify.annotations.Nullable;

/** Fields that Karaf sets before it uses an object. */
final class Injected {
    private Injected() {}

    static <T> T get(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a required field was not set by Karaf");
        }
        return value;
    }
}
