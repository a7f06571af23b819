package org.tonyreactor.shell;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/**
 * The address that a user means by a port ({@code 7007}, {@code :7007}), an address ({@code 127.0.0.1:7007}) or the name
 * of an endpoint.
 */
record Target(String host, int port) {
    private static final Pattern PORT = Pattern.compile(":?(\\d{1,5})");

    /** The one that is served. */
    static Target served(RuntimeDTO runtime, String text) throws CommandFailure {
        List<Target> all = Stream.of(runtime.endpointDTOs)
                .map(endpoint -> new Target(endpoint.host, endpoint.port))
                .distinct()
                .toList();
        List<Target> meant = Stream.of(runtime.endpointDTOs)
                .filter(endpoint -> isMeant(text, endpoint.name, endpoint.host, endpoint.port))
                .map(endpoint -> new Target(endpoint.host, endpoint.port))
                .distinct()
                .toList();
        if (meant.isEmpty()) {
            throw new CommandFailure("there is no endpoint " + text + ": "
                    + (all.isEmpty() ? "none is served" : "the endpoints are " + names(all)));
        }
        if (meant.size() > 1) {
            throw new CommandFailure(text + " is ambiguous: say which of " + names(meant));
        }
        return meant.get(0);
    }

    private static String names(List<Target> targets) {
        int most = 8;
        String names = String.join(
                ", ", targets.stream().limit(most).map(Target::toString).toList());
        return targets.size() > most ? names + " and " + (targets.size() - most) + " more" : names;
    }

    private static boolean isMeant(String text, String name, String host, int port) {
        Matcher number = PORT.matcher(text);
        return text.equals(name)
                || text.toLowerCase(Locale.ROOT)
                        .equals(HumanFormat.address(host, port).toLowerCase(Locale.ROOT))
                || (number.matches() && Integer.parseInt(number.group(1)) == port);
    }

    boolean isOf(EndpointDTO endpoint) {
        return endpoint.port == port && endpoint.host.equals(host);
    }

    boolean isOf(FailedEndpointDTO failed) {
        return failed.port == port && failed.host.equals(host);
    }

    @Override
    public String toString() {
        return HumanFormat.address(host, port);
    }
}
