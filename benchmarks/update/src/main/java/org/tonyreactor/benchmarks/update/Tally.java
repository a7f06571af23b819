package org.tonyreactor.benchmarks.update;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the peers have seen. Any thread. */
final class Tally {
    private static final int EXAMPLES_KEPT = 10;

    final LongAdder connected = new LongAdder();
    final LongAdder replies = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder reset = new LongAdder();

    /** Ended by the server though nobody asked it to. */
    final LongAdder ended = new LongAdder();

    /** Bytes that were not those expected next. */
    final LongAdder wrong = new LongAdder();

    final LongAdder unanswered = new LongAdder();
    final LongAdder slowConnects = new LongAdder();
    private final Queue<String> examples = new ConcurrentLinkedQueue<>();

    void broken(String peer, IOException e) {
        LongAdder kind = e instanceof WrongBytes
                ? wrong
                : e instanceof ConnectException ? refused : e instanceof EOFException ? ended : reset;
        note(kind, peer + ": " + e);
    }

    /** The driver itself has failed: a run that it spoils has shown nothing. */
    void ownFault(Throwable e) {
        note(wrong, "the driver's own fault: " + e);
        e.printStackTrace();
    }

    void note(LongAdder kind, String example) {
        kind.increment();
        if (examples.size() < EXAMPLES_KEPT) {
            examples.add(example);
        }
    }

    /** The first few of what went wrong, in words. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    /** The server has sent something else than what was expected. */
    static final class WrongBytes extends IOException {
        private static final long serialVersionUID = 1;

        WrongBytes(String message) {
            super(message);
        }
    }
}
