package org.tonyreactor.internal.whiteboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Reads the properties of a factory service by the declarations of the properties. Any thread. */
final class DeclarationReader {
    private static final String PREFIX = "reactor.";
    private static final String COMPONENT_NAME = "component.name";
    private static final EndpointProperty NAME = EndpointProperty.named("reactor.name");
    private static final EndpointProperty HOST = EndpointProperty.named("reactor.host");
    private static final EndpointProperty PORT = EndpointProperty.named("reactor.port");
    private static final EndpointProperty TARGET = EndpointProperty.named("reactor.target");

    /**
     * The beginnings of names that later versions will serve. Most of them restrict who is let in, so that an endpoint that
     * wants one must not be served without.
     */
    private static final List<String> RESERVED = List.of(
            "reactor.tls.",
            "reactor.path",
            "reactor.proxy",
            "reactor.allow",
            "reactor.deny",
            "reactor.input.rate.",
            "reactor.output.rate.");

    private final List<EndpointProperty> declared;
    private final KnownNames known;
    private final Map<String, ?> engineProperties;

    /**
     * A reader for one engine.
     *
     * @param declared the properties that there are
     * @param engineProperties what a factory's target filter is matched with
     */
    DeclarationReader(List<EndpointProperty> declared, Map<String, ?> engineProperties) {
        this.declared = declared;
        this.known =
                new KnownNames(declared.stream().map(EndpointProperty::name).toList());
        this.engineProperties = engineProperties;
    }

    /** Reads the properties of a service. */
    EndpointDeclaration read(Map<String, ?> properties) {
        PropertyReader reader = new PropertyReader(properties);
        Rank rank = rank(properties, reader);
        String name = name(properties, reader, rank);
        if (!isForEngine(reader)) {
            return new EndpointDeclaration(name, rank, List.of(), List.of(), List.of());
        }
        List<String> warnings = unknown(reader);
        if (reader.isEmpty(PORT)) {
            reader.addProblem(PORT + " is missing: set it to one or more TCP ports, 0 for any free one");
        }
        Set<Object> ports = reader.all(PORT);
        Set<Object> hosts = reader.all(HOST);
        if (hosts.isEmpty()) {
            hosts = Set.of(HOST.byDefault());
        }
        EndpointSettings settings = settings(reader, name);
        List<EndpointSettings> endpoints = new ArrayList<>();
        for (Object host : hosts) {
            for (Object port : ports) {
                endpoints.add(settings.withValues(Map.of(HOST, host, PORT, port)));
            }
        }
        Object firstPort = ports.isEmpty() ? -1 : ports.iterator().next();
        FailedEndpoint unserved = new FailedEndpoint(
                name,
                hosts.iterator().next().toString(),
                (int) firstPort,
                FailedEndpointDTO.REASON_VALIDATION_FAILED,
                " (service " + rank.serviceId() + " of bundle " + rank.bundleId() + ")");
        List<FailedEndpoint> failures = reader.problems().stream()
                .map(problem -> unserved.because(problem + unserved.message()))
                .toList();
        return new EndpointDeclaration(
                name, rank, failures.isEmpty() ? List.copyOf(endpoints) : List.of(), failures, warnings);
    }

    private EndpointSettings settings(PropertyReader reader, String name) {
        Map<EndpointProperty, Object> values = new LinkedHashMap<>();
        declared.stream()
                .filter(property -> !property.isMany() && property != TARGET)
                .forEach(property -> values.put(property, reader.one(property)));
        values.put(NAME, name);
        try {
            return EndpointSettings.DEFAULTS.withValues(values);
        } catch (IllegalArgumentException e) {
            reader.addProblem(String.valueOf(e.getMessage())); // Values that do not go together.
            return EndpointSettings.DEFAULTS;
        }
    }

    private static Rank rank(Map<String, ?> properties, PropertyReader reader) {
        long ranking = reader.number(
                new WrittenNumber(Constants.SERVICE_RANKING, "", Integer.MIN_VALUE, Integer.MAX_VALUE), 0);
        return new Rank(
                (int) ranking,
                id(properties.get(Constants.SERVICE_ID)),
                id(properties.get(Constants.SERVICE_BUNDLEID)));
    }

    private static long id(@Nullable Object value) {
        return value instanceof Long id ? id : -1;
    }

    private static String name(Map<String, ?> properties, PropertyReader reader, Rank rank) {
        String given = reader.one(NAME).toString();
        if (!given.isEmpty()) {
            return given;
        }
        return properties.get(COMPONENT_NAME) instanceof String component ? component : "service-" + rank.serviceId();
    }

    private boolean isForEngine(PropertyReader reader) {
        String target = reader.one(TARGET).toString();
        if (target.isEmpty()) {
            return true;
        }
        try {
            return FrameworkUtil.createFilter(target).matches(engineProperties);
        } catch (InvalidSyntaxException e) {
            reader.addProblem(TARGET + " = " + target + " is no LDAP filter (" + e.getMessage()
                    + "): write one such as (reactor.engine.name=default), or remove the property");
            return true;
        }
    }

    /** Refuses reserved names; other unknown names are warnings. */
    private List<String> unknown(PropertyReader reader) {
        List<String> warnings = new ArrayList<>();
        for (String name : reader.names()) {
            if (!name.startsWith(PREFIX) || known.has(name)) {
                continue;
            }
            if (RESERVED.stream().anyMatch(name::startsWith)) {
                reader.addProblem(name + " is reserved and not served by this version: remove the property");
            } else {
                warnings.add(name + " is unknown and ignored: did you mean " + known.nearest(name) + "?");
            }
        }
        return warnings;
    }
}
