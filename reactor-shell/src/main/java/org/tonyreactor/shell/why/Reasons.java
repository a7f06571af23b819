package org.tonyreactor.shell.why;

import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** The reasons of failed endpoints as words for programs. */
final class Reasons {
    private Reasons() {}

    static String word(int reason) {
        return switch (reason) {
            case FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE -> "shadowed";
            case FailedEndpointDTO.REASON_VALIDATION_FAILED -> "wrong-property";
            case FailedEndpointDTO.REASON_ADDRESS_IN_USE -> "address-in-use";
            case FailedEndpointDTO.REASON_PERMISSION_DENIED -> "permission-denied";
            case FailedEndpointDTO.REASON_SERVICE_NOT_GETTABLE -> "service-not-gettable";
            case FailedEndpointDTO.REASON_QUARANTINED -> "quarantined";
            case FailedEndpointDTO.REASON_ADDRESS_UNAVAILABLE -> "address-unavailable";
            default -> "reason-" + reason;
        };
    }
}
