package org.tonyreactor.internal.engine.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A wire over another wire. Calls that it does not handle itself go to the wire below. A decorator may hold bytes, so it
 * declares itself how many bytes it takes, how many are unsent, and how they are flushed.
 */
public interface WireDecorator extends Wire {
    /** The wire that carries this one's bytes. */
    Wire below();

    @Override
    default @Nullable ByteBuffer read() throws IOException {
        return below().read();
    }

    @Override
    default boolean hasMore() {
        return below().hasMore();
    }

    @Override
    default long heldBytes() {
        return unsentBytes() - below().unsentBytes() + below().heldBytes();
    }

    @Override
    default void interest(int ops) {
        below().interest(ops);
    }

    @Override
    default void probe() {
        below().probe();
    }

    @Override
    default boolean finishConnect() throws IOException {
        return below().finishConnect();
    }

    @Override
    default void attach(Multiplexer to, Multiplexer.ReadyHandler handler) throws IOException {
        below().attach(to, handler);
    }

    @Override
    default void detach(Runnable then) {
        below().detach(then);
    }

    @Override
    default boolean isBroken() {
        return below().isBroken();
    }

    @Override
    default void noDelay(boolean on) {
        below().noDelay(on);
    }

    @Override
    default void keepAlive(boolean on) {
        below().keepAlive(on);
    }

    @Override
    default void shutdownOutput() throws IOException {
        below().shutdownOutput();
    }

    @Override
    default void reset() {
        below().reset();
    }

    @Override
    default void closeSoon() {
        below().closeSoon();
    }

    @Override
    default SocketAddress localAddress() throws IOException {
        return below().localAddress();
    }

    @Override
    default SocketAddress remoteAddress() throws IOException {
        return below().remoteAddress();
    }
}
