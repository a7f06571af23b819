package org.tonyreactor.internal.whiteboard;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.whiteboard.ReactorConstants;

/**
 * Reads the engine's settings from a configuration. A value that cannot be used is logged in one line, and the value in use
 * stays, so a typing error never stops a server. An unknown name is logged once. Any thread.
 */
final class ConfiguredSettings {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");
    private static final List<String> NAMES = List.of(
            "workers",
            "pool.initial.connections",
            "pool.max.connections",
            "read.buffer.bytes",
            "accepts.per.turn",
            "watchdog.warn.millis",
            "stop.timeout.millis",
            "memory.max.bytes",
            "memory.high.percent");

    private static final KnownNames KNOWN = new KnownNames(NAMES);

    /** Beginnings of names that the framework and its tools put into every configuration. */
    private static final List<String> FOREIGN =
            List.of(".", "#", "service.", "component.", "felix.", "org.apache.", "osgi.");

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * The settings that a configuration asks for: the default for what it does not name, what is in use for what it
     * names wrongly.
     */
    EngineSettings read(Map<String, ?> configuration, EngineSettings inUse) {
        warnOfUnknown(new PropertyReader(configuration));
        long[] defaults = values(EngineSettings.defaults());
        long[] current = values(inUse);
        long[] chosen = defaults.clone();
        for (int i = 0; i < chosen.length; i++) {
            PropertyReader reader = new PropertyReader(configuration);
            String name = NAMES.get(i);
            String unit = name.substring(name.lastIndexOf('.') + 1).replace("millis", "milliseconds");
            chosen[i] = reader.number(new WrittenNumber(name, unit, Long.MIN_VALUE, Long.MAX_VALUE), defaults[i]);
            String problem = reader.problems().isEmpty()
                    ? problem(i, chosen)
                    : reader.problems().get(0);
            if (!problem.isEmpty()) {
                LOG.warn(
                        "{}; {} = {} stays in use: correct it in the configuration {}",
                        problem,
                        name,
                        current[i],
                        ReactorConstants.ENGINE_PID);
                chosen[i] = current[i];
            }
        }
        return settings(chosen);
    }

    /** Settings as they are written in a configuration. */
    static String text(EngineSettings settings) {
        long[] values = values(settings);
        return IntStream.range(0, values.length)
                .mapToObj(i -> NAMES.get(i) + " = " + values[i])
                .collect(Collectors.joining(", "));
    }

    private void warnOfUnknown(PropertyReader reader) {
        for (String name : reader.names()) {
            if (!KNOWN.has(name) && FOREIGN.stream().noneMatch(name::startsWith) && warned.add(name)) {
                LOG.warn(
                        "{} is unknown in the configuration {} and ignored: did you mean {}?",
                        name,
                        ReactorConstants.ENGINE_PID,
                        KNOWN.nearest(name));
            }
        }
    }

    private static String problem(int index, long[] values) {
        long[] alone = values(EngineSettings.defaults());
        alone[index] = values[index];
        try {
            settings(alone);
            return "";
        } catch (IllegalArgumentException | ArithmeticException e) {
            return e instanceof ArithmeticException
                    ? NAMES.get(index) + " = " + values[index] + " is out of range"
                    : String.valueOf(e.getMessage());
        }
    }

    private static EngineSettings settings(long[] values) {
        return new EngineSettings(
                Math.toIntExact(values[0]),
                Math.toIntExact(values[1]),
                Math.toIntExact(values[2]),
                Math.toIntExact(values[3]),
                Math.toIntExact(values[4]),
                values[5],
                values[6],
                new EngineSettings.Memory(values[7], Math.toIntExact(values[8])));
    }

    private static long[] values(EngineSettings settings) {
        return new long[] {
            settings.workers(),
            settings.poolInitialConnections(),
            settings.poolMaxConnections(),
            settings.readBufferBytes(),
            settings.acceptsPerTurn(),
            settings.watchdogWarnMillis(),
            settings.stopTimeoutMillis(),
            settings.memory().maxBytes(),
            settings.memory().highPercent()
        };
    }
}
