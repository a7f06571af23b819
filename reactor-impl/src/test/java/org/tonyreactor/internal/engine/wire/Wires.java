package org.tonyreactor.internal.engine.wire;

import java.util.function.Supplier;
import org.tonyreactor.internal.engine.wire.memory.MemoryNetwork;
import org.tonyreactor.internal.engine.wire.memory.MemorySettings;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;

/** What carries the bytes of a test. Tests that are marked {@link OverEveryWire} run over each of these. */
public enum Wires {
    NIO(true, () -> alike(new NioNetwork())),
    MEMORY(MemorySettings.PLAIN),
    MEMORY_BYTE_BY_BYTE(MemorySettings.PLAIN.withReadBytes(1)),
    MEMORY_RECORDS(MemorySettings.PLAIN.withRecordBytes(3)),
    MEMORY_PARTIAL_WRITES(MemorySettings.PLAIN.withWriteBytes(2_000)),
    MEMORY_UNSENT(MemorySettings.PLAIN.withFlushBytes(2_000)),
    MEMORY_LATE_DETACH(MemorySettings.PLAIN.withDetachPolls(3)),
    MEMORY_ALL_BAD(new MemorySettings(1 << 15, 5, 3, 3_000, 2_000, 3));

    /** The network under test, and the one that its peers are on, which behaves well. */
    public record Sides(Network ours, Network peers) {}

    private final boolean runsThreads;

    @SuppressWarnings("ImmutableEnumChecker") // It makes networks and keeps none.
    private final Supplier<Sides> sides;

    Wires(MemorySettings settings) {
        this(false, () -> {
            MemoryNetwork ours = new MemoryNetwork(settings);
            return new Sides(ours, ours.neighbour(MemorySettings.PLAIN));
        });
    }

    Wires(boolean runsThreads, Supplier<Sides> sides) {
        this.runsThreads = runsThreads;
        this.sides = sides;
    }

    private static Sides alike(Network network) {
        return new Sides(network, network);
    }

    public Sides open() {
        return sides.get();
    }

    /** Whether loops may have threads of their own. Else one thread steps them all. */
    public boolean runsThreads() {
        return runsThreads;
    }
}
