package org.tonyreactor.reactor;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.transport.Transport;

/**
 * Connections that get the same bytes: a room of a chat, the subscribers of a topic. The engine has one group of each
 * name; all bundles share it. Its members are connections, not protocols, so it survives every update of their bundles:
 * a write during an update loses nothing. A group exists while it has members; a group without members costs nothing.
 *
 * <p>A member leaves when its connection is lost. A write reaches each member whole or not at all. This includes
 * members that wait for the next version of their protocol.
 *
 * <p>Any thread may call every method. Calls of one thread to one group take effect in their order. A call from another
 * thread than the member's worker takes effect a little later. If the group and the member are both written to on the
 * member's worker, the order is kept: the group's bytes go behind the writes that already wait for the member. Between
 * a group's writes and the writes of other threads to a member there is no order.
 *
 * <p>A write costs one copy, and one message for each worker, for any number of members. If more than 64 MiB of writes
 * wait for one worker, a further write is too much for all its members: each of them is skipped, or closed as a slow
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
     * The number of members now. Members that other threads have just added or removed may not be counted yet.
     *
     * @return the number of connections
     */
    int size();

    /**
     * How often writes through this object have skipped a member that was not writable; see
     * {@link GroupSettings#skipsUnwritable}.
     *
     * @return the number of skipped writes, added up over all members
     */
    long skipped();

    /**
     * Makes a connection a member. If it is a member already, or has ended, nothing happens. After a hand-over the
     * transport of the next version stands for the same member.
     *
     * @param member a transport of this engine
     * @throws IllegalArgumentException if it is no transport of this engine, but for example one of a test
     * @throws IllegalStateException if more than a million calls of other threads wait for the member's worker
     */
    void add(Transport member);

    /**
     * Ends a membership. If there is none, nothing happens.
     *
     * @param member a transport of this engine
     * @throws IllegalArgumentException if it is no transport of this engine
     * @throws IllegalStateException if more than a million calls of other threads wait for the member's worker
     */
    void remove(Transport member);

    /**
     * Sends the whole content of the buffer to each member, and advances its position to its limit. Bytes that a
     * member's socket does not take at once are pending output of that member, with all its bounds.
     *
     * @param data the bytes to send, position to limit; it may be reused at once
     */
    void write(ByteBuffer data);

    /**
     * Sends a text to each member, in UTF-8.
     *
     * @param text the text to send
     */
    void write(CharSequence text);

    /**
     * Sends the whole content of the buffer to each member except one: for example the member from which it came.
     *
     * @param data the bytes to send, position to limit; it may be reused at once
     * @param except the connection that does not get it; it need not be a member
     * @throws IllegalArgumentException if that transport is no transport of this engine
     */
    void write(ByteBuffer data, Transport except);
}
