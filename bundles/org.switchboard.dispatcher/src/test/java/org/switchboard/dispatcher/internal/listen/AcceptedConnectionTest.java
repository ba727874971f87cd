package org.switchboard.dispatcher.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.posix.Sockets;

/** One owner has the descriptor at a time: its number may belong to another file as soon as it is closed. */
class AcceptedConnectionTest {

    private static final SocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final int fd = Socket.newSocketStream().intValue();
    private final AcceptedConnection connection = new AcceptedConnection(fd, ADDRESS, ADDRESS, noSockets());

    @BeforeAll
    static void loadNetty() {
        Epoll.ensureAvailability();
    }

    private static Sockets noSockets() {
        return (Sockets) Proxy.newProxyInstance(Sockets.class.getClassLoader(), new Class<?>[] {Sockets.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("no " + method.getName() + " here");
                });
    }

    private boolean isOpen() {
        return Files.exists(Path.of("/proc/self/fd/" + fd));
    }

    @Test
    void whatWasHandedOnIsNotClosed() throws IOException {
        assertThat(connection.handOn()).hasValue(fd);

        connection.close();
        connection.end();

        assertThat(isOpen()).isTrue();
        new Socket(fd).close();
    }

    @Test
    void whatIsClosedIsNotHandedOn() {
        connection.close();

        assertThat(isOpen()).isFalse();
        assertThat(connection.handOn()).isEmpty();
    }

    @Test
    void whatIsClosedBecomesNoChannel() {
        connection.close();

        assertThatThrownBy(connection::toChannel).isInstanceOf(IOException.class).hasMessage("the connection is closed");
    }

    @Test
    void theChannelClosesTheDescriptor() throws IOException {
        Socket listening = Socket.newSocketStream();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listening.listen(1);
        new Socket(fd).connect(listening.localAddress());
        Channel channel = connection.toChannel();

        connection.close();

        assertThat(channel.isOpen()).isFalse();
        assertThat(isOpen()).isFalse();
        listening.close();
    }
}
