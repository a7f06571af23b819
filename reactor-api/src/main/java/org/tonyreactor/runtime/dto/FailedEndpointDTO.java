package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** A factory that is not served on an address, or not with its newest properties, and the reason. */
public class FailedEndpointDTO extends DTO {
    /**
     * A higher-ranked factory serves the address, or an address that overlaps with it; this one takes over when that one
     * goes.
     */
    public static final int REASON_SHADOWED_BY_OTHER_SERVICE = 1;
    /**
     * A service property is missing, malformed, out of range or reserved. If the endpoint was served before, all its last
     * good settings stay in force; the message contains them.
     */
    public static final int REASON_VALIDATION_FAILED = 2;
    /** Another socket has the address; binding is tried again until it is free. */
    public static final int REASON_ADDRESS_IN_USE = 3;
    /** The system forbids binding the address to this process; binding is tried again. */
    public static final int REASON_PERMISSION_DENIED = 4;
    /**
     * The registry did not give the factory's service. This is tried again; if the code of a component has thrown, only when
     * its configuration changes or its bundle is started again.
     */
    public static final int REASON_SERVICE_NOT_GETTABLE = 5;
    /** The factory's protocols failed too often, or by an operator's command; another factory serves the address. */
    public static final int REASON_QUARANTINED = 6;
    /**
     * The address could not be bound for another reason (for example no such interface or host); binding is tried
     * again.
     */
    public static final int REASON_ADDRESS_UNAVAILABLE = 7;

    /** The endpoint's name, as far as it is known. */
    public String name = "";
    /** The host that was requested. */
    public String host = "";
    /** The port that was requested; -1 if it could not be read. */
    public int port = -1;
    /** One of the {@code REASON_} constants. */
    public int reason;
    /** What is wrong, where, and what to do, in one line. */
    public String message = "";
    /** The {@code service.id} of the factory. */
    public long serviceId = -1;
    /** The id of the bundle that registered the factory. */
    public long bundleId = -1;

    /** For the engine. */
    public FailedEndpointDTO() {}
}
