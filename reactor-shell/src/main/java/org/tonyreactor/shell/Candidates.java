package org.tonyreactor.shell;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** What a shell proposes for a parameter, at this moment. Without an engine there is nothing to propose, and no error. */
public enum Candidates {
    /** Nothing. */
    NONE {
        @Override
        public List<String> of(ShellContext shell) {
            return List.of();
        }
    },
    /** Addresses and names of endpoints. */
    ENDPOINTS {
        @Override
        public List<String> of(ShellContext shell) {
            return Stream.of(runtime(shell).endpointDTOs)
                    .flatMap(each -> Stream.of(each.address, each.name))
                    .filter(each -> Escaped.of(each).equals(each)) // Else it could not be typed either.
                    .distinct()
                    .sorted()
                    .toList();
        }
    },
    /** Ids of connections, the oldest first. */
    CONNECTIONS {
        @Override
        public List<String> of(ShellContext shell) {
            return shell.findAdmin().map(ReactorAdmin::getConnectionDTOs).stream()
                    .flatMap(Stream::of)
                    .filter(each -> each.id >= 0)
                    .limit(MOST_CONNECTIONS)
                    .map(each -> String.valueOf(each.id))
                    .toList();
        }
    },
    /** Service ids of factories. */
    FACTORIES {
        @Override
        public List<String> of(ShellContext shell) {
            RuntimeDTO runtime = runtime(shell);
            LongStream serving = Stream.of(runtime.endpointDTOs).mapToLong(each -> each.serviceId);
            LongStream failed = Stream.of(runtime.failedEndpointDTOs).mapToLong(each -> each.serviceId);
            return LongStream.concat(serving, failed)
                    .filter(id -> id >= 0)
                    .distinct()
                    .sorted()
                    .mapToObj(String::valueOf)
                    .toList();
        }
    },
    /** Bundles with protocols, and ports. */
    SUBJECTS {
        @Override
        public List<String> of(ShellContext shell) {
            RuntimeDTO runtime = runtime(shell);
            Stream<String> bundles =
                    shell.bundles().stream().filter(Candidates::usesApi).map(Bundle::getSymbolicName);
            Stream<Integer> serving = Stream.of(runtime.endpointDTOs).map((EndpointDTO each) -> each.port);
            Stream<Integer> failed = Stream.of(runtime.failedEndpointDTOs).map((FailedEndpointDTO each) -> each.port);
            Stream<String> ports =
                    Stream.concat(serving, failed).filter(port -> port > 0).map(String::valueOf);
            return Stream.concat(bundles, ports).distinct().sorted().toList();
        }
    },
    /** Orders of connections. */
    ORDERS {
        @Override
        public List<String> of(ShellContext shell) {
            return ConnectionList.orders();
        }
    },
    /** States of connections. */
    STATES {
        @Override
        public List<String> of(ShellContext shell) {
            return ConnectionList.states();
        }
    };

    /** More cannot be chosen from by eye. */
    private static final int MOST_CONNECTIONS = 200;

    /** The texts, in the order in which to show them. */
    public abstract List<String> of(ShellContext shell);

    private static RuntimeDTO runtime(ShellContext shell) {
        return shell.findRuntime().map(service -> service.getRuntimeDTO()).orElseGet(RuntimeDTO::new);
    }

    private static boolean usesApi(Bundle bundle) {
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        return imports != null && imports.contains("org.tonyreactor.protocol") && bundle.getSymbolicName() != null;
    }
}
