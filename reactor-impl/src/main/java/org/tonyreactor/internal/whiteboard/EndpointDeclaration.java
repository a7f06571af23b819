package org.tonyreactor.internal.whiteboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.whiteboard.ReactorConstants;

/**
 * What the properties of one factory service ask for. With no endpoints and no failures it is meant for another engine.
 *
 * @param name the endpoints' name
 * @param rank how the service stands against others, and whose it is
 * @param endpoints every host with every port; empty when something is wrong
 * @param failures what is wrong, one for each property
 */
record EndpointDeclaration(String name, Rank rank, List<EndpointSettings> endpoints, List<FailedEndpoint> failures) {
    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.whiteboard");
    private static final String COMPONENT_NAME = "component.name";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    private static final Set<String> KNOWN = Set.of(
            ReactorConstants.NAME,
            ReactorConstants.HOST,
            ReactorConstants.PORT,
            ReactorConstants.BACKLOG,
            ReactorConstants.CONNECTIONS_MAX,
            ReactorConstants.IDLE_TIMEOUT_MILLIS,
            ReactorConstants.INPUT_MAX_BYTES,
            ReactorConstants.OUTPUT_HIGH_BYTES,
            ReactorConstants.OUTPUT_LOW_BYTES,
            ReactorConstants.OUTPUT_MAX_BYTES,
            ReactorConstants.OUTPUT_PAUSE_READING,
            ReactorConstants.INPUT_ENDED_TIMEOUT_MILLIS,
            ReactorConstants.DRAIN_TIMEOUT_MILLIS,
            ReactorConstants.HOLD_TIMEOUT_MILLIS,
            ReactorConstants.HOLD_CONNECTIONS_MAX,
            ReactorConstants.TAKEOVER,
            ReactorConstants.WEIGHT,
            ReactorConstants.QUARANTINE_FAILURES,
            ReactorConstants.QUARANTINE_PERCENT,
            ReactorConstants.QUARANTINE_WINDOW_MILLIS,
            ReactorConstants.TCP_NODELAY,
            ReactorConstants.TCP_KEEPALIVE,
            ReactorConstants.TARGET);

    /** Reads the properties of a service for an engine with properties of its own. */
    static EndpointDeclaration read(Map<String, ?> properties, Map<String, ?> engineProperties) {
        PropertyReader reader = new PropertyReader(properties);
        Rank rank = rank(properties);
        String name = reader.text(
                ReactorConstants.NAME,
                properties.get(COMPONENT_NAME) instanceof String component ? component : "service-" + rank.serviceId());
        if (!isForEngine(reader, engineProperties)) {
            return new EndpointDeclaration(name, rank, List.of(), List.of());
        }
        refuseReserved(properties, reader);
        Set<String> hosts = reader.texts(ReactorConstants.HOST, LOOPBACK);
        Set<Integer> ports = ports(reader);
        EndpointSettings.Builder limits = limits(reader).name(name);
        List<FailedEndpoint> failures = failures(reader.problems(), rank, name, hosts, ports);
        if (!failures.isEmpty()) {
            return new EndpointDeclaration(name, rank, List.of(), failures);
        }
        List<EndpointSettings> endpoints = new ArrayList<>();
        for (String host : hosts) {
            for (int port : ports) {
                endpoints.add(limits.host(host).port(port).build());
            }
        }
        return new EndpointDeclaration(name, rank, List.copyOf(endpoints), List.of());
    }

    private static Rank rank(Map<String, ?> properties) {
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
        return new Rank(
                ranking, id(properties.get(Constants.SERVICE_ID)), id(properties.get(Constants.SERVICE_BUNDLEID)));
    }

    private static long id(@Nullable Object value) {
        return value instanceof Long id ? id : -1;
    }

    private static boolean isForEngine(PropertyReader reader, Map<String, ?> engineProperties) {
        String target = reader.text(ReactorConstants.TARGET, "");
        if (target.isEmpty()) {
            return true;
        }
        try {
            return FrameworkUtil.createFilter(target).matches(engineProperties);
        } catch (InvalidSyntaxException e) {
            reader.addProblem(ReactorConstants.TARGET + " = " + target + " is no LDAP filter (" + e.getMessage()
                    + "): write one such as (reactor.engine.name=default), or remove the property");
            return true;
        }
    }

    private static void refuseReserved(Map<String, ?> properties, PropertyReader reader) {
        for (String key : new TreeSet<>(properties.keySet())) {
            if (!key.startsWith(ReactorConstants.PREFIX) || KNOWN.contains(key)) {
                continue;
            }
            if (key.startsWith(ReactorConstants.TLS_PREFIX) || key.equals(ReactorConstants.CONNECTIONS_MAX_PER_PEER)) {
                reader.addProblem(key + " is reserved and not served by this version: remove the property");
            } else {
                LOG.debug("{} of service {} is unknown and ignored", key, properties.get(Constants.SERVICE_ID));
            }
        }
    }

    private static Set<Integer> ports(PropertyReader reader) {
        if (reader.values(ReactorConstants.PORT).isEmpty()) {
            reader.addProblem(
                    ReactorConstants.PORT + " is missing: set it to one or more TCP ports, 0 for any free one");
        }
        return reader.numbers(ReactorConstants.PORT, 0, MAX_PORT);
    }

    private static EndpointSettings.Builder limits(PropertyReader reader) {
        EndpointSettings usual = EndpointSettings.builder().build();
        long low = reader.number(ReactorConstants.OUTPUT_LOW_BYTES, usual.outputLowBytes(), 0, Long.MAX_VALUE);
        long high = reader.number(ReactorConstants.OUTPUT_HIGH_BYTES, usual.outputHighBytes(), 0, Long.MAX_VALUE);
        long most = reader.number(ReactorConstants.OUTPUT_MAX_BYTES, usual.outputMaxBytes(), 1, Long.MAX_VALUE);
        if (low > high || high > most) {
            reader.addProblem(
                    ReactorConstants.OUTPUT_LOW_BYTES + " = " + low + ", " + ReactorConstants.OUTPUT_HIGH_BYTES
                            + " = " + high + ", " + ReactorConstants.OUTPUT_MAX_BYTES + " = " + most
                            + " are out of order: set them so that low <= high <= max");
        }
        return handOver(reader, usual, timesAndFlags(reader, usual))
                .backlog(reader.number(ReactorConstants.BACKLOG, usual.backlog(), 1, Integer.MAX_VALUE))
                .connectionsMax(
                        reader.number(ReactorConstants.CONNECTIONS_MAX, usual.connectionsMax(), 0, Integer.MAX_VALUE))
                .inputMaxBytes(reader.number(
                        ReactorConstants.INPUT_MAX_BYTES, usual.inputMaxBytes(), 1, EndpointSettings.MAX_INPUT_BYTES))
                .outputLowBytes(low)
                .outputHighBytes(high)
                .outputMaxBytes(most);
    }

    private static EndpointSettings.Builder timesAndFlags(PropertyReader reader, EndpointSettings usual) {
        return EndpointSettings.builder()
                .idleTimeoutMillis(millis(reader, ReactorConstants.IDLE_TIMEOUT_MILLIS, usual.idleTimeoutMillis()))
                .drainTimeoutMillis(millis(reader, ReactorConstants.DRAIN_TIMEOUT_MILLIS, usual.drainTimeoutMillis()))
                .outputPauseReading(reader.flag(ReactorConstants.OUTPUT_PAUSE_READING, usual.outputPauseReading()))
                .inputEndedTimeoutMillis(
                        millis(reader, ReactorConstants.INPUT_ENDED_TIMEOUT_MILLIS, usual.inputEndedTimeoutMillis()))
                .tcpNoDelay(reader.flag(ReactorConstants.TCP_NODELAY, usual.tcpNoDelay()))
                .tcpKeepAlive(reader.flag(ReactorConstants.TCP_KEEPALIVE, usual.tcpKeepAlive()));
    }

    private static EndpointSettings.Builder handOver(
            PropertyReader reader, EndpointSettings usual, EndpointSettings.Builder settings) {
        return settings.holdTimeoutMillis(
                        millis(reader, ReactorConstants.HOLD_TIMEOUT_MILLIS, usual.holdTimeoutMillis()))
                .holdConnectionsMax(reader.number(
                        ReactorConstants.HOLD_CONNECTIONS_MAX, usual.holdConnectionsMax(), 0, Integer.MAX_VALUE))
                .takeover(reader.flag(ReactorConstants.TAKEOVER, usual.takeover()))
                .weight(percent(reader, ReactorConstants.WEIGHT, usual.weight()))
                .quarantineFailures(reader.number(
                        ReactorConstants.QUARANTINE_FAILURES, usual.quarantineFailures(), 0, Integer.MAX_VALUE))
                .quarantinePercent(percent(reader, ReactorConstants.QUARANTINE_PERCENT, usual.quarantinePercent()))
                .quarantineWindowMillis(reader.number(
                        ReactorConstants.QUARANTINE_WINDOW_MILLIS, usual.quarantineWindowMillis(), 1, Long.MAX_VALUE));
    }

    private static int percent(PropertyReader reader, String name, int byDefault) {
        return reader.number(name, byDefault, 0, 100);
    }

    private static long millis(PropertyReader reader, String name, long byDefault) {
        return reader.number(name, byDefault, 0, Long.MAX_VALUE);
    }

    private static List<FailedEndpoint> failures(
            List<String> problems, Rank rank, String name, Set<String> hosts, Set<Integer> ports) {
        String host = hosts.iterator().next();
        int port = ports.isEmpty() ? -1 : ports.iterator().next();
        String whose = " (service " + rank.serviceId() + " of bundle " + rank.bundleId() + ")";
        return problems.stream()
                .map(problem -> new FailedEndpoint(
                        name, host, port, FailedEndpointDTO.REASON_VALIDATION_FAILED, problem + whose))
                .toList();
    }
}
