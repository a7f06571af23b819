package org.tonyreactor.shell;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher says of a file in its folder that is not served as it should be.
 *
 * @param bundleId the bundle of the file; -1 when it is none
 * @param line the cause and the remedy
 * @param stack where a call into the bundle is that does not come back, the innermost frame first; empty when none hangs
 */
public record DeployTrouble(long bundleId, String line, List<String> stack) {
    /** The launcher's service is a Supplier with this property: of a list of maps, since their types are the JDK's. */
    static final String SERVICE = "(reactor.deploy.troubles=true)";

    /** Of what the service gives; what is no trouble is left out. */
    static Stream<DeployTrouble> read(@Nullable Object given) {
        return given instanceof Collection<?> all
                ? all.stream().map(DeployTrouble::one).flatMap(Optional::stream)
                : Stream.empty();
    }

    private static Optional<DeployTrouble> one(Object given) {
        if (given instanceof Map<?, ?> map
                && map.get("bundle.id") instanceof Long id
                && map.get("line") instanceof String line) {
            List<String> stack = map.get("stack") instanceof Collection<?> frames
                    ? frames.stream().map(String::valueOf).toList()
                    : List.of();
            return Optional.of(new DeployTrouble(id, line, stack));
        }
        return Optional.empty();
    }

    /** Whether a call into the bundle does not come back. */
    public boolean isHanging() {
        return !stack.isEmpty();
    }
}
