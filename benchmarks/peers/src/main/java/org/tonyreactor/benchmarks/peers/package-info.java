/**
 * Echo servers to compare with: each is a process of its own, started with a port and a number of workers, with nothing
 * but its own libraries on its class path. {@code Peer} is the door; all else is what runs behind it.
 *
 * <p>A weak opponent makes a comparison worthless, so each is written as its authors show an echo, with what they
 * recommend for throughput:
 *
 * <table>
 * <caption>Settings, and where they come from</caption>
 * <tr><th>peer</th><th>settings</th><th>source</th></tr>
 * <tr><td>all</td><td>TCP_NODELAY, a backlog of 4,096, 127.0.0.1 by IPv4; as many threads that read and write as workers
 *     are asked for; on newer JDKs {@code sun.misc.Unsafe} and native access are allowed</td>
 *     <td>so that the same is compared</td></tr>
 * <tr><td>nio</td><td>{@code select(Consumer)}; one direct buffer of 64 KiB a worker; written at once; OP_WRITE only after
 *     a partial write; the first worker accepts too</td><td>Javadoc of {@code Selector}; what cost least when it was
 *     measured</td></tr>
 * <tr><td>netty-*</td><td>{@code MultiThreadIoEventLoopGroup} of 4.2; {@code write} in {@code channelRead}, {@code flush}
 *     in {@code channelReadComplete}; its default allocator (adaptive) and receive sizes. Beyond the example, because it
 *     costs less: no promise for each write, and one group that accepts, reads and writes instead of two</td>
 *     <td>netty.io/wiki/user-guide-for-4.x, migration guide to 4.2, its example {@code echo}</td></tr>
 * <tr><td>netty-iouring</td><td>its defaults (single issuer, multishot accept and receive), and a ring of 1,024 buffers of
 *     16 KiB out of one large allocation, filled in batches; incremental where the kernel can do it, which is the builder's
 *     default. With messages of 16 KiB the adaptive allocator cost three times the CPU of this</td>
 *     <td>Javadoc of {@code IoUringBufferRingConfig} and {@code IoUringFixedBufferRingAllocator}</td></tr>
 * <tr><td>mina</td><td>as many processors as workers, beside the acceptor's thread; no filter; heap buffers from the simple
 *     allocator and adaptive read sizes, its defaults</td><td>mina.apache.org/mina-project/userguide, its example
 *     {@code echoserver}</td></tr>
 * <tr><td>grizzly</td><td>{@code SameThreadIOStrategy}; as many selector runners as workers; its default memory
 *     manager</td><td>javaee.github.io/grizzly, "Best practices" and "Core configuration"</td></tr>
 * <tr><td>vertx</td><td>{@code pipeTo}; one verticle on each event loop; the native transport (epoll) where there is one,
 *     beside its acceptor's thread</td><td>vertx.io/docs/vertx-core, "Writing TCP servers and clients", "Scaling - sharing
 *     TCP servers", "Native transports"</td></tr>
 * <tr><td>c-epoll</td><td>level-triggered; one recv and one send a message; the first worker deals connections out in
 *     turn</td><td>epoll(7)</td></tr>
 * <tr><td>c-iouring</td><td>multishot accept and receive, a ring of 1,024 buffers of 16 KiB, SINGLE_ISSUER and
 *     DEFER_TASKRUN; connections are dealt out by MSG_RING</td><td>io_uring_setup(2), io_uring_enter(2),
 *     io_uring_register(2)</td></tr>
 * </table>
 *
 * <p>What is pending for a peer that does not read is bounded in nio, vertx and the two in C; the others leave it to the
 * application, and their authors' echoes do not do it. MINA and Netty on io_uring close when the peer ends its output, though an echo may still be on its way then:
 * who measures them reads the echo first.
 *
 * <p>Threads: each peer's own; the caller's alone for {@code Peer}. Nothing here may depend on tonyReactor.
 */
@NullMarked
package org.tonyreactor.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
