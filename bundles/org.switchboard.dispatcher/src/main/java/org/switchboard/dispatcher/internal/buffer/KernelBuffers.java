package org.switchboard.dispatcher.internal.buffer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel keeps for a TCP connection: what came and was not read, and what was written and not acknowledged.
 * All connections of the machine share one bound, past which the kernel drops what comes, whoever sent it.
 */
final class KernelBuffers {

    private static final Path BOUNDS = Path.of("/proc/sys/net/ipv4/tcp_mem");
    /** The smallest there is; the bounds are in pages. */
    private static final long PAGE = 4096;
    private static final long UNKNOWN_BOUND = 1L << 30;
    private static final int SHARE = 4;

    /** {@code SO_MEMINFO} of {@code SOL_SOCKET}: nine numbers, see {@code linux/sock_diag.h}. */
    private static final RawUnixChannelOption MEMORY = new RawUnixChannelOption("SO_MEMINFO", 1, 55, 9 * Integer.BYTES);
    private static final int RECEIVED = 0;
    private static final int WRITTEN = 5 * Integer.BYTES;

    private KernelBuffers() {
    }

    /** A quarter of what the kernel has for TCP connections: other programs need some, and peers on this host. */
    static long share() {
        // One read: the kernel says that the file ends behind what the first one took.
        try (BufferedReader file = Files.newBufferedReader(BOUNDS)) {
            String[] bounds = file.readLine().trim().split("\\s+");
            return Long.parseLong(bounds[bounds.length - 1]) * PAGE / SHARE;
        } catch (IOException | NumberFormatException unknown) {
            return UNKNOWN_BOUND / SHARE;
        }
    }

    /** Any thread. */
    static long of(Channel channel) {
        if (!(channel instanceof EpollSocketChannel) || !channel.isOpen()) {
            return 0;
        }
        try {
            ByteBuffer numbers = channel.config().getOption(MEMORY).order(ByteOrder.nativeOrder());
            return Integer.toUnsignedLong(numbers.getInt(RECEIVED)) + Integer.toUnsignedLong(numbers.getInt(WRITTEN));
        } catch (ChannelException | IndexOutOfBoundsException closed) {
            // Closed meanwhile, or a kernel that does not tell.
            return 0;
        }
    }
}
