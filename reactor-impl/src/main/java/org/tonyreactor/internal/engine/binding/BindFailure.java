package org.tonyreactor.internal.engine.binding;

import java.io.IOException;
import java.net.BindException;
import java.util.Locale;
import org.tonyreactor.internal.engine.wire.AddressText;

/**
 * Why an address could not be bound.
 *
 * @param kind the kind of failure
 * @param message what is wrong, where, and what to do, in one line
 */
public record BindFailure(Kind kind, String message) {
    /** The kinds of failures. */
    public enum Kind {
        /** Another socket has the address. */
        ADDRESS_IN_USE,
        /** The system forbids it. */
        PERMISSION_DENIED,
        /** There is no such interface or host, or something else failed. */
        ADDRESS_UNAVAILABLE
    }

    /** Not bound yet: the name of the host is being looked up. */
    public static BindFailure lookingUp(String host, int port) {
        return new BindFailure(
                Kind.ADDRESS_UNAVAILABLE,
                AddressText.of(host, port) + " is not bound yet: the name is being looked up");
    }

    public static BindFailure of(String host, int port, IOException e) {
        String address = AddressText.of(host, port);
        String cause = String.valueOf(e.getMessage());
        String lower = cause.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return new BindFailure(
                    Kind.PERMISSION_DENIED,
                    address + " may not be bound by this process: choose a port from 1024 up, or allow it the port");
        }
        if (e instanceof BindException && lower.contains("in use")) {
            return new BindFailure(
                    Kind.ADDRESS_IN_USE,
                    address + " is in use by another socket: stop that one or choose another port;"
                            + " binding is tried again until it is free");
        }
        return new BindFailure(
                Kind.ADDRESS_UNAVAILABLE,
                address + " cannot be bound (" + cause + "): set reactor.host to an address of this machine;"
                        + " binding is tried again");
    }
}
