package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.Site;
import org.tonyreactor.shell.Words;

/** What the engine makes of one factory that is registered. */
final class WhyFactory {
    static final String FACTORY = "org.tonyreactor.protocol.ProtocolFactory";

    private static final String TARGET = "reactor.target";

    private final Site site;
    private final ServiceReference<?> factory;
    private final long serviceId;

    WhyFactory(Site site, ServiceReference<?> factory) {
        this.site = site;
        this.factory = factory;
        serviceId = (Long) factory.getProperty(Constants.SERVICE_ID);
    }

    /** At least one. */
    List<Finding> findings() {
        if (!site.engine()
                .map(engine -> factory.isAssignableTo(engine, FACTORY))
                .orElse(true)) {
            return List.of(new Finding(
                    "foreign-api",
                    "its ProtocolFactory is another class than the engine's: the bundle, or one it is wired to, brings a "
                            + "copy of org.tonyreactor.protocol",
                    "take the API out of the bundle (scope provided), so that it imports the package, and refresh it"));
        }
        RuntimeDTO runtime =
                site.findRuntime().map(service -> service.getRuntimeDTO()).orElseGet(RuntimeDTO::new);
        List<Finding> findings = new ArrayList<>();
        for (EndpointDTO each : runtime.endpoints) {
            if (each.serviceId == serviceId && each.state != EndpointDTO.STATE_FAILED) {
                findings.add(endpoint(each));
            }
        }
        for (FailedEndpointDTO each : runtime.failedEndpoints) {
            if (each.serviceId == serviceId) {
                findings.add(failed(each));
            }
        }
        return findings.isEmpty() ? List.of(unknown()) : findings;
    }

    private Finding unknown() {
        Object target = factory.getProperty(TARGET);
        if (target != null && !site.engineMatches(String.valueOf(target))) {
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
        String address = Words.address(each.host, each.port);
        return switch (each.state) {
            case EndpointDTO.STATE_BINDING ->
                new Finding("binding", address + " is being bound", "ask again in a moment");
            case EndpointDTO.STATE_HELD ->
                new Finding(
                        "held",
                        address + " is held: " + Words.count(each.waiting, "peer") + " waiting, "
                                + Words.count(each.connections, "connection"),
                        "start or update a bundle that serves it, or reactor:endpoint-resume " + address);
            case EndpointDTO.STATE_DRAINING ->
                new Finding(
                        "draining",
                        address + " is not offered by it any more; " + Words.count(each.connections, "connection")
                                + " ending",
                        "");
            default -> bound(each, address);
        };
    }

    private static Finding bound(EndpointDTO each, String address) {
        if (!each.accepting) {
            return new Finding(
                    "suspended",
                    address + " accepts no new connections, by command; " + Words.count(each.connections, "connection")
                            + " open",
                    "reactor:endpoint-resume " + address);
        }
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
                Words.count(each.connections, "connection") + " open"));
    }

    /** A factory that is not served on an address; the engine's message says what to do. */
    static Finding failed(FailedEndpointDTO each) {
        String cause = Reasons.word(each.reason);
        String remedy = each.reason == FailedEndpointDTO.REASON_QUARANTINED
                ? "update its bundle, or reactor:factory-release " + each.serviceId
                : "";
        return new Finding(cause, Words.address(each.host, each.port) + ": " + each.message, remedy);
    }
}
