package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.shell.HostText;

/**
 * Merges what the runtime says of a held address: it may list the address several times, once for each factory whose
 * connections wait and once for the port itself.
 */
final class HeldEndpoints {
    private HeldEndpoints() {}

    /** All endpoints; the held ones of an address are one. */
    static List<EndpointDTO> merged(EndpointDTO[] endpoints) {
        List<EndpointDTO> merged = new ArrayList<>();
        for (EndpointDTO each : endpoints) {
            EndpointDTO same = each.state == EndpointDTO.STATE_HELD ? find(merged, each) : each;
            if (same == each) {
                merged.add(each);
            } else {
                same.connections += each.connections;
                same.waiting += each.waiting;
            }
        }
        return merged;
    }

    private static EndpointDTO find(List<EndpointDTO> merged, EndpointDTO wanted) {
        return merged.stream()
                .filter(each -> each.state == EndpointDTO.STATE_HELD)
                .filter(each -> each.port == wanted.port && HostText.isSame(each.host, wanted.host))
                .findFirst()
                .orElse(wanted);
    }
}
