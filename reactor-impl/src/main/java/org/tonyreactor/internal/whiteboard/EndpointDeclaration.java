package org.tonyreactor.internal.whiteboard;

import java.util.List;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * What the properties of one factory service ask for. With no endpoints and no failures it is meant for another engine.
 *
 * @param name the endpoints' name
 * @param rank how the service stands against others, and whose it is
 * @param endpoints every host with every port; empty when something is wrong
 * @param failures what is wrong, one for each property
 * @param warnings what is ignored, and has to be said
 */
record EndpointDeclaration(
        String name,
        Rank rank,
        List<EndpointSettings> endpoints,
        List<FailedEndpoint> failures,
        List<String> warnings) {}
