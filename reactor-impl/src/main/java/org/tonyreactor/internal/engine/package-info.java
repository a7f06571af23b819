/**
 * The composition of the engine: one acceptor thread, N worker threads, connections that are pooled and recycled through a
 * loopback channel. Plain JDK and SLF4J.
 *
 * <p><b>Contract.</b> {@link org.tonyreactor.internal.engine.Engine} composes the rooms below, starts and stops them, and
 * is the entry for every other thread. It is the only place that waits on the caller's thread, for a bounded time.
 *
 * <p><b>Rooms.</b> Dependencies point down and may skip a level: {@code engine}, {@code accept}, {@code connection},
 * {@code binding}, {@code loop}, {@code wire}.
 *
 * <pre>
 * [acceptor] accept, ConnectionPool.acquire, LeastLoaded.pick, WorkerProxy.adopt
 *     mailbox ==> [worker] buildProtocol, connectionMade, dataReceived / write ..., connectionLost, LoopbackSender.giveBack
 *     loopback ==> [acceptor] LoopbackReceiver, ConnectionPool.recycle, LeastLoaded -1
 * </pre>
 *
 * <p><b>Thread.</b> Any; state that belongs to a loop is reached through a proxy.
 *
 * <p><b>May not know</b> OSGi, the whiteboard, or {@code java.nio.channels}.
 */
@NullMarked
package org.tonyreactor.internal.engine;

import org.jspecify.annotations.NullMarked;
