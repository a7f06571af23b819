/**
 * The engine: one acceptor thread, N worker threads, connections that are pooled and recycled through a loopback
 * channel. Plain JDK and SLF4J; it knows nothing of OSGi.
 *
 * <p><b>Types.</b> {@link org.tonyreactor.internal.engine.Engine} puts it together. An {@code EventLoop} is one thread
 * over one {@code Multiplexer}; an {@code Acceptor} and each {@code Worker} sit on a loop of their own and are reached
 * from other threads through {@code AcceptorProxy} and {@code WorkerProxy} only.
 *
 * <p><b>The way of a connection.</b>
 *
 * <pre>
 * [acceptor] Listener.accept, ConnectionPool.acquire, LeastLoaded.pick, WorkerProxy.adopt
 *     mailbox ==> [worker] buildProtocol, connectionMade, dataReceived / write ..., connectionLost, LoopbackSender.giveBack
 *     loopback ==> [acceptor] LoopbackReceiver, ConnectionPool.recycle, LeastLoaded -1
 * </pre>
 *
 * <p><b>Threads.</b> Each mutable type names its owner: {@code onX} methods run on the owner's thread, counters that
 * others read are single-writer. There is no lock and no wait in this package but the bounded ones of {@code Engine},
 * which run on the caller's thread.
 */
@NullMarked
package org.tonyreactor.internal.engine;

import org.jspecify.annotations.NullMarked;
