package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * Finds channels that the peer has reset while nothing is waited for on them: their selector has them off the system's list, so
 * that it is not told. A second selector waits for OP_CONNECT, for which a connected channel is never ready, but for an error
 * it is: RST, also behind unread input and behind FIN. A channel is with it for one look only, so that it has one key
 * otherwise, and can be closed by one system call.
 *
 * <p>A channel with FIN both ways looks like one that was reset. Owner: the loop's thread.
 */
final class ResetProbe {
    private final List<SelectableChannel> asked = new ArrayList<>();
    private @Nullable Selector selector;

    /** Takes part in the next look. */
    void ask(SelectableChannel channel) {
        asked.add(channel);
    }

    /** Those of the channels asked for that were reset; none of them is asked for any more. */
    List<SelectableChannel> look() throws IOException {
        if (asked.isEmpty()) {
            return List.of();
        }
        List<SelectableChannel> reset = new ArrayList<>();
        Selector looking = selector();
        try {
            asked.forEach(channel -> register(channel, looking));
            looking.selectNow(key -> reset.add(key.channel()));
        } finally {
            asked.clear();
            looking.keys().forEach(SelectionKey::cancel);
            looking.selectNow(); // Lets go of them.
        }
        return reset;
    }

    private static void register(SelectableChannel channel, Selector looking) {
        try {
            channel.register(looking, Wire.CONNECT);
        } catch (ClosedChannelException e) {
            // It has ended since it was asked for.
        }
    }

    private Selector selector() throws IOException {
        Selector opened = selector;
        if (opened == null) {
            opened = Selector.open();
            selector = opened;
        }
        return opened;
    }

    void close() throws IOException {
        if (selector != null) {
            selector.close();
        }
    }
}
