package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * A connection that was accepted and that no event loop knows: a descriptor and the addresses of its two ends. A program is
 * started on it as it is, a short answer is sent on it, and everything else makes a channel of it. Whoever has it closes it.
 */
public final class AcceptedConnection {

    private final FileDescriptor descriptor;
    private final SocketAddress remote;
    private final SocketAddress local;
    private byte[] greeting = {};
    private volatile Channel channel;

    /** @param fd non-blocking; owned by this from now on */
    public AcceptedConnection(int fd, SocketAddress remote, SocketAddress local) {
        this.descriptor = new FileDescriptor(fd);
        this.remote = remote;
        this.local = local;
    }

    public SocketAddress remote() {
        return remote;
    }

    public SocketAddress local() {
        return local;
    }

    /** The descriptor, for as long as this is neither closed nor a channel. */
    public int fd() {
        return descriptor.intValue();
    }

    /** Leaves the connection, which is no channel, to somebody else. @return the descriptor, owned by whoever gets it */
    public int handOn() {
        greet();
        return fd();
    }

    /** Writes from a direct buffer what the kernel takes now. @return how many bytes that were */
    public int write(ByteBuffer bytes) throws IOException {
        int written = Math.max(0, descriptor.write(bytes, bytes.position(), bytes.limit()));
        bytes.position(bytes.position() + written);
        return written;
    }

    /** The client is to be told this as soon as it is admitted; before anybody else gets the connection. */
    public void greetWith(byte[] text) {
        greeting = text.clone();
    }

    /** Greets, once. Nothing was ever written before, so the kernel takes the few bytes. */
    public void greet() {
        if (greeting.length > 0) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(greeting.length).put(greeting).flip();
            greeting = new byte[0];
            try {
                write(bytes);
            } catch (IOException gone) {
                // Whoever serves the connection finds that out as well.
            }
        }
    }

    /** Asks the kernel to notice when the peer is gone. */
    public void keepAlive() {
        try {
            new Socket(fd()).setKeepAlive(true);
        } catch (IOException gone) {
            // There is nobody left to keep alive.
        }
    }

    /** How long the end of the connection may wait for what was sent to be taken. */
    public void linger(int seconds) {
        try {
            new Socket(fd()).setSoLinger(seconds);
        } catch (IOException gone) {
            // There is nobody left to wait for.
        }
    }

    /**
     * Makes the connection a channel, which is not registered with an event loop yet, and owns the descriptor from now on. Once.
     *
     * @throws IOException if the peer has cut the connection already
     */
    public Channel toChannel() throws IOException {
        Channel made = remote instanceof InetSocketAddress ? new EpollSocketChannel(fd()) : new EpollDomainSocketChannel(fd());
        channel = made;
        if (!made.isActive()) {
            throw new IOException("the peer has cut the connection");
        }
        made.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return made;
    }

    /** Closes the connection, whatever has become of it. Any thread, any number of times. */
    public void close() {
        Channel made = channel;
        if (made == null) {
            try {
                descriptor.close();
            } catch (IOException gone) {
                // Whatever close(2) says, the descriptor is gone.
            }
        } else if (made.isRegistered() && !made.eventLoop().isShutdown()) {
            made.close();
        } else {
            made.unsafe().closeForcibly();
        }
    }
}
