package org.tonyreactor.reactor;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.transport.Transport;

/**
 * Connections that get the same bytes: a room of a chat, the subscribers of a topic. There is one group of each name in the
 * engine, whoever asks for it. Its members are connections, not protocols, so it survives every update of their bundles: a
 * write during an update loses nothing. It is there while it has members, and costs nothing when it has none.
 *
 * <p>A member leaves when its connection is lost. A write reaches each member whole or not at all, also a member that waits
 * for the next version of its protocol.
 *
 * <p>Any thread may call every method. Calls of one thread to one group take effect in their order. Off a member's worker
 * they take effect a little later. Towards a member's own writes the order is kept for calls on that member's worker: what the
 * group sends goes behind what waits for it. Between a group's writes and those of other threads to a member there is no order.
 *
 * <p>A write costs one copy, and one message for each worker, however many members there are. When more than 64 MiB of writes
 * wait for one worker, a further one is too much for all its members: each of them is passed over, or closed as a slow
 * consumer, as {@link GroupSettings} say.
 */
@ProviderType
public interface Group {
    /**
     * The name that this group has in the whole engine.
     *
     * @return the name
     */
    String name();

    /**
     * How many members there are now. What other threads have just added or removed may not count yet.
     *
     * @return the number of connections
     */
    int size();

    /**
     * How often writes through this object have passed over a member that was not writable; see
     * {@link GroupSettings#skipsUnwritable}.
     *
     * @return the number of writes, added up over the members
     */
    long skipped();

    /**
     * Makes a connection a member. When it is one already, or has ended, nothing happens. After a hand-over the next version's
     * transport stands for the same member.
     *
     * @param member a transport of this engine
     * @throws IllegalArgumentException when it is not one of this engine, but a test's, say
     * @throws IllegalStateException when more than a million calls of other threads wait for the member's worker
     */
    void add(Transport member);

    /**
     * Ends a membership. When there is none, nothing happens.
     *
     * @param member a transport of this engine
     * @throws IllegalArgumentException when it is not one of this engine
     * @throws IllegalStateException when more than a million calls of other threads wait for the member's worker
     */
    void remove(Transport member);

    /**
     * Sends all of the buffer to each member, and advances its position to its limit. What a member's socket does not take at
     * once counts as its pending output, with all bounds of that.
     *
     * @param data the bytes to send, position to limit; it may be reused at once
     */
    void write(ByteBuffer data);

    /**
     * Sends a text to each member, in UTF-8.
     *
     * @param text what to send
     */
    void write(CharSequence text);

    /**
     * Sends all of the buffer to each member but one: the one that it came from, say.
     *
     * @param data the bytes to send, position to limit; it may be reused at once
     * @param except who does not get it, member or not
     * @throws IllegalArgumentException when that transport is not one of this engine
     */
    void write(ByteBuffer data, Transport except);
}
