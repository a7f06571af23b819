package org.tonyreactor.internal.whiteboard;

import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/**
 * A factory that is not served on an address, and why.
 *
 * @param name the endpoint's name
 * @param host the host that was requested, or empty
 * @param port the port that was requested, or -1
 * @param reason one of the reasons of {@link FailedEndpointDTO}
 * @param message what is wrong, where, and what to do, in one line
 */
record FailedEndpoint(String name, String host, int port, int reason, String message) {
    /** What a value brings into the message cannot end its line. */
    FailedEndpoint {
        message = message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** The same with another message. */
    FailedEndpoint because(String other) {
        return new FailedEndpoint(name, host, port, reason, other);
    }

    FailedEndpointDTO toDTO(Rank rank) {
        FailedEndpointDTO dto = new FailedEndpointDTO();
        dto.name = name;
        dto.host = host;
        dto.port = port;
        dto.reason = reason;
        dto.message = message;
        dto.serviceId = rank.serviceId();
        dto.bundleId = rank.bundleId();
        return dto;
    }
}
