package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.HumanFormat;
import org.tonyreactor.shell.ShellContext;

/** What the engine makes of one factory that is registered. */
final class WhyFactory {
    static final String FACTORY = "org.tonyreactor.protocol.ProtocolFactory";

    /** The cause of a port that is held. */
    static final String HELD = "held";

    private static final String TARGET = "reactor.target";

    private final ShellContext shell;
    private final ServiceReference<?> factory;
    private final long serviceId;

    WhyFactory(ShellContext shell, ServiceReference<?> factory) {
        this.shell = shell;
        this.factory = factory;
        serviceId = (Long) factory.getProperty(Constants.SERVICE_ID);
    }

    /** At least one. */
    List<Finding> findings() {
        if (!shell.engine()
                .map(engine -> factory.isAssignableTo(engine, FACTORY))
                .orElse(true)) {
            return List.of(new Finding(
                    "foreign-api",
                    "its ProtocolFactory is another class than the engine's: the bundle, or one it is wired to, brings a "
                            + "copy of org.tonyreactor.protocol",
                    "take the API out of the bundle (scope provided), so that it imports the package, and refresh it"));
        }
        RuntimeDTO runtime =
                shell.findRuntime().map(service -> service.getRuntimeDTO()).orElseGet(RuntimeDTO::new);
        List<Finding> findings = new ArrayList<>();
        for (FailedEndpointDTO each : runtime.failedEndpointDTOs) {
            if (each.serviceId == serviceId) {
                findings.add(failed(each));
            }
        }
        for (EndpointDTO each : HeldEndpoints.merged(runtime.endpointDTOs)) {
            if (each.serviceId == serviceId && each.state != EndpointDTO.STATE_FAILED) {
                findings.add(endpoint(each));
            }
        }
        findings.sort(Finding.LIVE_FIRST);
        return findings.isEmpty() ? List.of(unknown()) : findings;
    }

    private Finding unknown() {
        Object given = factory.getProperty(TARGET); // An annotation writes an array of one.
        String target = given instanceof String[] texts ? String.join("", texts) : String.valueOf(given);
        if (given != null && !shell.engineMatches(target)) {
            return new Finding(
                    "other-engine",
                    TARGET + " = " + target + " matches no property of this engine",
                    "correct or remove " + TARGET);
        }
        return new Finding(
                "unknown",
                "the engine does not know service " + serviceId + " yet",
                "ask again; if it stays so, look into the log");
    }

    /** A factory on an address, whatever the state. */
    static Finding endpoint(EndpointDTO each) {
        String address = each.address;
        return switch (each.state) {
            case EndpointDTO.STATE_SUSPENDED ->
                new Finding(
                        "suspended",
                        address + " accepts no new connections, by command; "
                                + HumanFormat.count(each.connections, "connection") + " open",
                        "reactor:endpoint-resume " + address);
            case EndpointDTO.STATE_HELD -> held(each);
            case EndpointDTO.STATE_DRAINING ->
                new Finding(
                        "draining",
                        address + " gives it no new connections; " + HumanFormat.count(each.connections, "connection")
                                + " still open",
                        "");
            default -> bound(each, address);
        };
    }

    /** A port that waits for its next factory. */
    static Finding held(EndpointDTO each) {
        return new Finding(
                HELD,
                each.address + " is held for the next factory: " + HumanFormat.count(each.connections, "connection")
                        + ", " + HumanFormat.count(each.waiting, "peer") + " waiting",
                "start or update a bundle that serves it; reactor:endpoint-resume ends a hold by command, "
                        + "reactor:endpoint-close frees the port");
    }

    private static Finding bound(EndpointDTO each, String address) {
        if (each.sharePercent <= 0) {
            return new Finding(
                    "no-share",
                    address + " gives it none of the new connections: "
                            + (each.weight <= 0 ? "its reactor.weight is 0" : "better-ranked factories take all"),
                    "raise its reactor.weight or its service.ranking");
        }
        return Finding.live(String.format(
                Locale.ROOT,
                "%s, %.0f%% of the new connections, %s",
                address,
                each.sharePercent,
                HumanFormat.count(each.connections, "connection") + " open"));
    }

    /** A factory that is not served on an address; the engine's message says what to do. */
    static Finding failed(FailedEndpointDTO each) {
        String address = HumanFormat.address(each.host, each.port);
        String because = each.message.contains(address) ? each.message : address + ": " + each.message;
        String remedy = each.reason == FailedEndpointDTO.REASON_QUARANTINED
                ? "reactor:factory-release " + each.serviceId + ", or update its bundle"
                : "";
        return new Finding(Reasons.word(each.reason), because, remedy);
    }
}
