package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/**
 * The address that a user means by what {@link EndpointRef} takes, or by a port alone: {@code 7007}, {@code :7007}. Hosts are
 * compared as addresses, so the factories of one address are one endpoint, however each of them spells it.
 *
 * @param host as one of its factories spells it
 * @param address as {@link EndpointDTO#address} of that factory has it
 */
record Target(String host, int port, String address) {
    private static final Pattern PORT = Pattern.compile(":?(\\d{1,5})");
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?(?<host>[^/\\]]+)]?:(?<port>\\d{1,5})");
    private static final int NAMED_ADDRESSES = 8;

    /** The one that is served. */
    static Target served(RuntimeDTO runtime, String text) throws CommandFailure {
        List<Target> meant = new ArrayList<>();
        meant(runtime, text).forEach(each -> {
            if (meant.stream().noneMatch(known -> known.isOf(each))) {
                meant.add(new Target(each.host, each.port, each.address));
            }
        });
        if (meant.isEmpty()) {
            throw unknown(runtime, text);
        }
        if (meant.size() > 1) {
            throw new CommandFailure(text + " is ambiguous: say which of "
                    + names(meant.stream().map(Target::address).toList()));
        }
        return meant.get(0);
    }

    /** That a text means no endpoint, and which there are. */
    static CommandFailure unknown(RuntimeDTO runtime, String text) {
        List<String> all = Stream.of(runtime.endpointDTOs)
                .map(each -> each.address)
                .distinct()
                .toList();
        return new CommandFailure("there is no endpoint " + text + ": "
                + (all.isEmpty() ? "none is served" : "the endpoints are " + names(all)));
    }

    /** The endpoints that a text may mean, on one address or on several. */
    static Stream<EndpointDTO> meant(RuntimeDTO runtime, String text) throws CommandFailure {
        Matcher number = PORT.matcher(text);
        if (number.matches()) {
            int port = Integer.parseInt(number.group(1));
            return Stream.of(runtime.endpointDTOs).filter(each -> each.port == port || each.name.equals(text));
        }
        EndpointRef ref = ref(text);
        Matcher address = HOST_AND_PORT.matcher(ref.toString());
        if (address.matches()) {
            Target wanted = new Target(address.group("host"), Integer.parseInt(address.group("port")), ref.toString());
            return Stream.of(runtime.endpointDTOs).filter(wanted::isOf);
        }
        return Stream.of(runtime.endpointDTOs).filter(ref::matches);
    }

    private static EndpointRef ref(String text) throws CommandFailure {
        try {
            return EndpointRef.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static String names(List<String> addresses) {
        String names =
                String.join(", ", addresses.stream().limit(NAMED_ADDRESSES).toList());
        return addresses.size() > NAMED_ADDRESSES
                ? names + " and " + (addresses.size() - NAMED_ADDRESSES) + " more"
                : names;
    }

    /** The same for the engine. */
    EndpointRef ref() {
        return EndpointRef.of(address);
    }

    boolean isOf(EndpointDTO endpoint) {
        return endpoint.address.equalsIgnoreCase(address)
                || (endpoint.port == port && HostText.isSame(endpoint.host, host));
    }

    boolean isOf(FailedEndpointDTO failed) {
        return failed.port == port && HostText.isSame(failed.host, host);
    }

    @Override
    public String toString() {
        return address;
    }
}
