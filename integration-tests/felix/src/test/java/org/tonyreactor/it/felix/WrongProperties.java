package org.tonyreactor.it.felix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tonyreactor.whiteboard.ReactorConstants;

/** Every property of an endpoint with values of every kind that it cannot take. */
final class WrongProperties {
    private static final List<String> NUMBERS = List.of(
            ReactorConstants.BACKLOG,
            ReactorConstants.CONNECTIONS_MAX,
            ReactorConstants.IDLE_TIMEOUT_MILLIS,
            ReactorConstants.INPUT_MAX_BYTES,
            ReactorConstants.OUTPUT_HIGH_BYTES,
            ReactorConstants.OUTPUT_LOW_BYTES,
            ReactorConstants.OUTPUT_MAX_BYTES,
            ReactorConstants.INPUT_ENDED_TIMEOUT_MILLIS,
            ReactorConstants.DRAIN_TIMEOUT_MILLIS,
            ReactorConstants.HOLD_TIMEOUT_MILLIS);

    private static final List<String> FLAGS = List.of(
            ReactorConstants.OUTPUT_PAUSE_READING, ReactorConstants.TCP_NODELAY, ReactorConstants.TCP_KEEPALIVE);

    private static final List<Object> NO_NUMBERS = List.of(
            "none", "1,5", 1.5, -1, "99999999999999999999", true, new Object(), new int[] {1, 2}, List.of("1", "x"));

    private static final List<Object> NO_FLAGS = List.of("perhaps", 1, new Object(), new boolean[] {true, false});

    private WrongProperties() {}

    static Map<String, List<Object>> all() {
        Map<String, List<Object>> all = new HashMap<>();
        NUMBERS.forEach(property -> all.put(property, NO_NUMBERS));
        FLAGS.forEach(property -> all.put(property, NO_FLAGS));
        all.put(ReactorConstants.PORT, List.of("none", -1, 65_536, 1.5, "", List.of(), new Object(), List.of(0, "x")));
        all.put(ReactorConstants.HOST, List.of("", List.of("127.0.0.1", " ")));
        all.put(ReactorConstants.NAME, List.of(List.of("one", "two")));
        all.put(ReactorConstants.TARGET, List.of("(no filter", "no filter"));
        all.put(ReactorConstants.TLS_PREFIX + "keystore", List.of("any"));
        return all;
    }
}
