package org.tonyreactor.internal.whiteboard;

import java.util.List;
import java.util.stream.Collectors;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * The endpoints that the properties of one factory service ask for. Without endpoints and without failures the service is
 * meant for another engine.
 *
 * @param name the endpoints' name
 * @param rank the rank of the service among others, and its owner
 * @param endpoints every host with every port; empty if something is wrong and no settings were good before
 * @param failures the failures, one for each wrong property
 * @param warnings texts about properties that are ignored
 */
record EndpointDeclaration(
        String name,
        Rank rank,
        List<EndpointSettings> endpoints,
        List<FailedEndpoint> failures,
        List<String> warnings) {
    /** The same of a bundle whose version is known. */
    EndpointDeclaration ofBundle(String version) {
        Rank known = new Rank(rank.ranking(), rank.serviceId(), rank.bundleId(), version);
        return new EndpointDeclaration(name, known, endpoints, failures, warnings);
    }

    /** The last good declaration in place of this one, in which something is wrong; it keeps these failures. */
    EndpointDeclaration fallBackTo(EndpointDeclaration good) {
        EndpointSettings.Address address = good.endpoints.get(0).address();
        List<FailedEndpoint> told = failures.stream()
                .map(failure -> new FailedEndpoint(
                        good.name,
                        address.host(),
                        address.port(),
                        failure.reason(),
                        failure.message() + "; the last good settings stay in force: " + text(good.endpoints.get(0))
                                + (good.endpoints.size() == 1
                                        ? ""
                                        : " and on " + (good.endpoints.size() - 1) + " more")))
                .toList();
        Rank stands = new Rank(good.rank.ranking(), rank.serviceId(), rank.bundleId(), rank.bundleVersion());
        return new EndpointDeclaration(good.name, stands, good.endpoints, told, warnings);
    }

    /** What differs from the defaults, as it is written in a configuration. */
    private static String text(EndpointSettings settings) {
        return EndpointProperty.all().stream()
                .filter(property -> !settings.value(property).equals(property.byDefault()))
                .map(property -> property + " = " + settings.value(property))
                .collect(Collectors.joining(", "));
    }
}
