package org.tonyreactor.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * One endpoint as the engine's {@code ReactorRuntime} tells it. The fields of its DTOs are read by name.
 *
 * @param name the endpoint's name
 * @param host the host asked for
 * @param port the port: the real one of a bound endpoint
 * @param bundleId the bundle that serves it
 * @param bound whether connections are accepted
 * @param failure why it is not served: a REASON constant of FailedEndpointDTO, 0 for none
 * @param message what the engine says about the failure
 */
record EndpointView(String name, String host, int port, long bundleId, boolean bound, int failure, String message) {
    /** The service that tells the endpoints. */
    static final String RUNTIME = "org.tonyreactor.runtime.ReactorRuntime";

    /** FailedEndpointDTO.REASON_ADDRESS_IN_USE. */
    static final int ADDRESS_IN_USE = 3;

    /** EndpointDTO.STATE_BOUND. */
    private static final int STATE_BOUND = 1;

    /** The endpoints that are served and those that failed; empty while there is no engine. */
    static Optional<List<EndpointView>> all(BundleContext context) {
        return ForeignService.find(context, RUNTIME).map(runtime -> read(runtime.call("getRuntimeDTO")));
    }

    /** The address as people write it. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static List<EndpointView> read(Object runtimeDto) {
        List<EndpointView> views = new ArrayList<>();
        for (Object dto : (Object[]) ForeignService.field(runtimeDto, "endpointDTOs")) {
            boolean bound = (int) ForeignService.field(dto, "state") == STATE_BOUND;
            views.add(of(dto, bound, 0, ""));
        }
        for (Object dto : (Object[]) ForeignService.field(runtimeDto, "failedEndpointDTOs")) {
            views.add(of(dto, false, (int) ForeignService.field(dto, "reason"), (String)
                    ForeignService.field(dto, "message")));
        }
        return views;
    }

    private static EndpointView of(Object dto, boolean bound, int failure, String message) {
        return new EndpointView(
                (String) ForeignService.field(dto, "name"),
                (String) ForeignService.field(dto, "host"),
                (int) ForeignService.field(dto, "port"),
                (long) ForeignService.field(dto, "bundleId"),
                bound,
                failure,
                message);
    }
}
