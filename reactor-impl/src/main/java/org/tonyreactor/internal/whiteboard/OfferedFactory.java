package org.tonyreactor.internal.whiteboard;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.protocol.ProtocolFactory;

/** A factory service in the registry. Any thread. */
interface OfferedFactory {
    /** Its {@code service.id}. */
    long serviceId();

    /** The symbolic name of its bundle, or empty. */
    String bundleName();

    /** The version of its bundle, or empty. */
    String bundleVersion();

    /** Whether its bundle describes the configurations of a PID to tools by itself. */
    boolean describes(String pid);

    /** Its properties of this moment. */
    Map<String, Object> properties();

    /** The service; null when the registry has none to give. Code of its bundle may run here, and throw. */
    @Nullable
    ProtocolFactory get();

    /** What the code of its component has thrown, when {@link #get} has given null for that; empty when it was not that. */
    Optional<String> componentFailure();

    /** Gives back what {@link #get} gave. */
    void unget();
}
