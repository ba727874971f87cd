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
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.switchboard.posix.Sockets;

/**
 * A connection that was accepted and that no event loop knows: a descriptor and the addresses of its two ends. A program is
 * started on it as it is, a short answer is sent on it, and everything else makes a channel of it. Whoever has it ends
 * it, so that the client gets what was written, or closes it.
 */
public final class AcceptedConnection {

    private final FileDescriptor descriptor;
    private final SocketAddress remote;
    private final SocketAddress local;
    private final Sockets sockets;
    /** Whether the descriptor belongs to something else by now: a channel, the next owner, or nothing. */
    private final AtomicBoolean released = new AtomicBoolean();
    private byte[] greeting = {};
    private volatile boolean lingers;
    private volatile Channel channel;

    /** @param fd non-blocking; owned by this from now on */
    public AcceptedConnection(int fd, SocketAddress remote, SocketAddress local, Sockets sockets) {
        this.sockets = sockets;
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

    /** Leaves the connection, which is no channel. @return the descriptor, owned by the caller; empty if it is closed */
    public OptionalInt handOn() {
        greet();
        return release() ? OptionalInt.of(fd()) : OptionalInt.empty();
    }

    /**
     * The kernel gives the number of a closed descriptor to the next file that is opened, so only one may close it.
     *
     * @return whether the descriptor is the caller's
     */
    private boolean release() {
        return released.compareAndSet(false, true);
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

    /**
     * How long close(2) may wait for what was sent to be taken, or, with 0, that it cuts the connection. That is for a
     * program: where this server closes, it must not block, and nothing is to be cut.
     */
    public void linger(int seconds) {
        lingers = true;
        setLinger(seconds);
    }

    private void setLinger(int seconds) {
        try {
            new Socket(fd()).setSoLinger(seconds);
        } catch (IOException gone) {
            // There is nobody left to wait for.
        }
    }

    private void stopLinger() {
        if (lingers) {
            lingers = false;
            setLinger(-1);
        }
    }

    /**
     * Makes the connection a channel, which is not registered with an event loop yet, and owns the descriptor from now
     * on. Until it is registered, only the caller may close it.
     *
     * @throws IOException if the peer has cut the connection already, or it was closed
     */
    public Channel toChannel() throws IOException {
        if (!release()) {
            throw new IOException("the connection is closed");
        }
        stopLinger();
        Channel made = remote instanceof InetSocketAddress ? new EpollSocketChannel(fd()) : new EpollDomainSocketChannel(fd());
        channel = made;
        if (!made.isActive()) {
            throw new IOException("the peer has cut the connection");
        }
        made.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return made;
    }

    /**
     * Sends the last bytes on the connection, which is no channel, and ends it.
     *
     * @param bytes not to be changed any more
     * @return how many bytes the kernel took at once; it gets the others later
     * @throws IOException if the peer has cut the connection, or it was closed; it is closed then
     */
    public int sendLast(byte[] bytes) throws IOException {
        if (!release()) {
            throw new IOException("the connection is closed");
        }
        stopLinger();
        return sockets.sendLast(fd(), bytes);
    }

    /**
     * Ends the connection, whatever has become of it: the client gets what was written, and an end. Not for a
     * connection that somebody else has a duplicate of, which is ended with it. Any thread, any number of times.
     */
    public void end() {
        if (channel != null) {
            close();
        } else if (release()) {
            stopLinger();
            sockets.end(fd());
        }
    }

    /** Closes our descriptor of the connection, whatever has become of it. Any thread, any number of times. */
    public void close() {
        Channel made = channel;
        if (made == null) {
            closeDescriptor();
        } else if (made.isRegistered() && !made.eventLoop().isShutdown()) {
            made.close();
        } else {
            made.unsafe().closeForcibly();
        }
    }

    private void closeDescriptor() {
        if (release()) {
            try {
                descriptor.close();
            } catch (IOException gone) {
                // Whatever close(2) says, the descriptor is gone.
            }
        }
    }
}
