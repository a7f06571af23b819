package org.tonyreactor.it.felix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tonyreactor.reactor.EndpointProperty;

/** Every property of an endpoint with values of every kind that it cannot take. */
final class WrongProperties {
    private static final List<Object> NO_NUMBERS = List.of(
            "none", "1,5", 1.5, -1, "99999999999999999999", true, new Object(), new int[] {1, 2}, List.of("1", "x"));

    private static final List<Object> NO_FLAGS = List.of("perhaps", 1, new Object(), new boolean[] {true, false});

    private WrongProperties() {}

    static Map<String, List<Object>> all() {
        Map<String, List<Object>> all = new HashMap<>();
        for (EndpointProperty property : EndpointProperty.all()) {
            if (property.type() == Boolean.class) {
                all.put(property.name(), NO_FLAGS);
            } else if (property.type() != String.class) {
                all.put(property.name(), NO_NUMBERS);
            }
        }
        all.put("reactor.port", List.of("none", -1, 65_536, 1.5, "", List.of(), new Object(), List.of(0, "x")));
        all.put("reactor.host", List.of("", List.of("127.0.0.1", " ")));
        all.put("reactor.name", List.of(List.of("one", "two")));
        all.put("reactor.target", List.of("(no filter", "no filter"));
        all.put("reactor.tls.keystore.file", List.of("any"));
        return all;
    }
}
