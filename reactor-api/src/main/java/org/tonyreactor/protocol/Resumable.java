package org.tonyreactor.protocol;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link Protocol} whose connections survive an update of its bundle: the old version gives its state away as bytes,
 * the new one goes on from them. Channel, pending output and unread input stay with the engine; timers of the old
 * protocol die.
 *
 * <p>The engine of this version closes such connections like all others when their bundle goes; the hand-over comes
 * with a later one. Protocols may implement this interface already.
 */
@ConsumerType
public interface Resumable {
    /**
     * Gives the protocol's state away. Called on the connection's worker before the old bundle stops, as the last call
     * the protocol gets.
     *
     * @return the state as bytes, position to limit
     * @throws Exception to lose this connection, and no other
     */
    ByteBuffer suspend() throws Exception;

    /**
     * Takes the state over, in the new version, instead of {@link Protocol#connectionMade}. Called on the connection's
     * worker after {@link Protocol#makeConnection}.
     *
     * @param state what {@link #suspend} of the old version returned, valid only during this call
     * @throws Exception to lose this connection, and no other
     */
    void resume(ByteBuffer state) throws Exception;
}
