package org.tonyreactor.benchmarks.peers;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.io.IOException;

/** Netty on io_uring, through its native library: many receives with one request, into a ring of buffers. */
final class NettyIoUringEcho {
    private static final short BUFFER_GROUP = 1;
    private static final short BUFFER_RING_ENTRIES = 1024;
    private static final int BUFFER_BYTES = 16_384;

    private NettyIoUringEcho() {}

    public static void main(String[] args) throws IOException {
        IoUring.ensureAvailability();
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (IoUring.isRegisterBufferRingSupported()) {
            // All buffers out of one allocation, filled in at once. Incremental where the kernel can do it: that is the
            // builder's default.
            config.setBufferRingConfig(IoUringBufferRingConfig.builder()
                    .bufferGroupId(BUFFER_GROUP)
                    .bufferRingSize(BUFFER_RING_ENTRIES)
                    .batchSize(BUFFER_RING_ENTRIES)
                    .allocator(new IoUringFixedBufferRingAllocator(ByteBufAllocator.DEFAULT, true, BUFFER_BYTES))
                    .batchAllocation(true)
                    .build());
        }
        NettyEcho.serve(args, IoUringIoHandler.newFactory(config), IoUringServerSocketChannel.class, bootstrap -> {
            if (IoUring.isRegisterBufferRingSupported()) {
                bootstrap.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
            }
        });
    }
}
