package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import org.tonyreactor.internal.engine.wire.AddressText;

/** Writes the two ends of a channel as a text. Any thread. */
final class ChannelText {
    private ChannelText() {}

    static String of(SelectableChannel channel) {
        try {
            if (channel instanceof SocketChannel socket) {
                return AddressText.of(socket.getLocalAddress()) + " to " + AddressText.of(socket.getRemoteAddress());
            }
            return channel instanceof NetworkChannel bound
                    ? AddressText.of(bound.getLocalAddress())
                    : channel.toString();
        } catch (IOException closed) {
            return "a closed channel";
        }
    }
}
