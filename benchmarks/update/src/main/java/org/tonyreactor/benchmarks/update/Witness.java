package org.tonyreactor.benchmarks.update;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lives in the server outside of all versions and is told what happened to which connection: made once, suspended and
 * resumed in turn, lost once. What comes in another order is a breach. Any thread.
 */
final class Witness implements BiConsumer<String, Long> {
    private static final int BREACHES_KEPT = 10;

    private enum State {
        SERVED,
        SUSPENDED
    }

    private final Map<Long, State> open = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();

    @Override
    public void accept(String what, Long connection) {
        count(what);
        switch (what) {
            case "made" -> move(what, connection, null, State.SERVED);
            case "suspended" -> move(what, connection, State.SERVED, State.SUSPENDED);
            case "resumed" -> move(what, connection, State.SUSPENDED, State.SERVED);
            case "lost" -> move(what, connection, State.SERVED, null);
            default -> {
                if (what.startsWith("wrong.")) {
                    breach(what + " on connection " + connection);
                }
            }
        }
    }

    /** What was told so far, and how often; {@code open} is how many connections are not lost yet. */
    Map<String, Long> counts() {
        Map<String, Long> told = new TreeMap<>();
        counts.forEach((what, count) -> told.put(what, count.sum()));
        told.put("open", (long) open.size());
        return told;
    }

    /** The first breaches in words. */
    Queue<String> breaches() {
        return breaches;
    }

    private void move(String what, Long connection, @Nullable State from, @Nullable State to) {
        State was = to == null ? open.remove(connection) : open.put(connection, to);
        if (was != from) {
            breach("connection " + connection + " was " + was + " when it was " + what);
        }
    }

    private void breach(String text) {
        count("breaches");
        if (breaches.size() < BREACHES_KEPT) {
            breaches.add(text);
        }
    }

    private void count(String what) {
        counts.computeIfAbsent(what, each -> new LongAdder()).increment();
    }
}
