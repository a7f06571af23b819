package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** A held address may be told more than once: by whose connections wait, and by the port itself. */
final class Held {
    private Held() {}

    /** All endpoints, those that are held put together by address. */
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
                .filter(each -> each.port == wanted.port && each.host.equals(wanted.host))
                .findFirst()
                .orElse(wanted);
    }
}
