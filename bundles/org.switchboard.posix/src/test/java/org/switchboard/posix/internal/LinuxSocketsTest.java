package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.AddressInUseException;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;

@EnabledOnOs(OS.LINUX)
class LinuxSocketsTest {

    private final List<Integer> open = new ArrayList<>();
    private LinuxSockets sockets;

    @BeforeEach
    void sockets() throws PosixException {
        sockets = new LinuxSockets(Native.parts());
    }

    @AfterEach
    void close() {
        sockets.endLingering();
        open.forEach(sockets::close);
    }

    private int open(Family family, boolean stream, String address, int port) throws IOException {
        int fd = sockets.open(new SocketSpec(family, stream, address, port, true, 16, 0, 0));
        open.add(fd);
        return fd;
    }

    private InetSocketAddress local(int fd) throws IOException {
        return (InetSocketAddress) sockets.localAddress(fd);
    }

    @Nested
    class LastBytes {

        /** Two ends of a connection. */
        private int[] pair() {
            int[] ends = new int[2];
            assertThat(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0, ends)).isZero();
            open.add(ends[1]);
            return ends;
        }

        @Test
        void areSent() throws Exception {
            int[] ends = pair();

            assertThat(sockets.sendLast(ends[0], new byte[] {1, 2, 3})).isEqualTo(3);
            byte[] received = new byte[8];
            assertThat(LibC.recv(ends[1], received, received.length, LibC.MSG_DONTWAIT)).isEqualTo(3);
            assertThat(received).startsWith(1, 2, 3);
        }

        @Test
        void areSentLaterWhenThePeerDoesNotReadAtOnce() throws Exception {
            int[] ends = pair();
            byte[] much = new byte[1 << 20];
            assertThat(sockets.sendLast(ends[0], much)).isLessThan(much.length);

            assertThat(Native.readAll(ends[1])).hasSize(much.length);
        }

        @Test
        void areAnErrorWhenThePeerHasGone() {
            int[] ends = pair();
            LibC.shutdown(ends[1], 2);

            assertThatThrownBy(() -> sockets.sendLast(ends[0], new byte[1])).isInstanceOf(PosixException.class)
                    .hasMessageStartingWith("send");
        }
    }

    @Nested
    class InternetSockets {

        @Test
        void acceptConnectionsAtTheAddressTheySay() throws Exception {
            InetSocketAddress address = local(open(Family.INET, true, "127.0.0.1", 0));

            assertThat(address.getAddress().getHostAddress()).isEqualTo("127.0.0.1");
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(client.isConnected()).isTrue();
            }
        }

        @Test
        void areCloseOnExecAndNonBlocking() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1", 0);
            String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).get(1).replaceAll("\\D", "");

            assertThat(Integer.parseInt(flags, 8) & (LibC.SOCK_CLOEXEC | LibC.O_NONBLOCK))
                    .isEqualTo(LibC.SOCK_CLOEXEC | LibC.O_NONBLOCK);
        }

        @Test
        void sayWhichEndpointIsInUse() throws Exception {
            int port = local(open(Family.INET, true, "127.0.0.1", 0)).getPort();

            assertThatThrownBy(() -> open(Family.INET, true, "127.0.0.1", port)).isInstanceOf(AddressInUseException.class)
                    .hasMessage("bind 127.0.0.1:" + port + ": Address already in use");
        }

        @Test
        void forDatagramsDoNotRobTheOwner() throws Exception {
            try (DatagramSocket owner = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
                owner.setReuseAddress(true);

                assertThatThrownBy(() -> open(Family.INET, false, "127.0.0.1", owner.getLocalPort()))
                        .isInstanceOf(AddressInUseException.class);
            }
        }

        @Test
        void ofBothVersionsShareAPort() throws Exception {
            assumeTrue(sockets.supports(Family.INET6), "this host has no IPv6");
            int port = local(open(Family.INET, true, "0.0.0.0", 0)).getPort();

            assertThat(local(open(Family.INET6, true, "::", port)).getPort()).isEqualTo(port);
        }

        @Test
        void areUnsupportedForAnAddressOfAnotherFamily() {
            assertThatThrownBy(() -> open(Family.INET, true, "::1", 0)).isInstanceOf(PosixException.class)
                    .hasMessage("'::1' is not an IPv4 address");
        }

        @Test
        void nameTheAddressThatTheHostDoesNotHave() {
            assertThatThrownBy(() -> open(Family.INET, true, "192.0.2.1", 7)).isInstanceOf(PosixException.class)
                    .hasMessage("bind 192.0.2.1:7: Cannot assign requested address");
        }

        @Test
        void turnOneDatagramAway() throws Exception {
            int fd = open(Family.INET, false, "127.0.0.1", 0);
            try (DatagramSocket client = new DatagramSocket()) {
                client.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getByName("127.0.0.1"), local(fd).getPort()));
                client.send(new DatagramPacket(new byte[] {2}, 1, InetAddress.getByName("127.0.0.1"), local(fd).getPort()));
            }
            byte[] next = new byte[1];

            sockets.turnAway(fd);

            assertThat(LibC.recv(fd, next, 1, LibC.MSG_DONTWAIT)).isEqualTo(1);
            assertThat(next).containsExactly(2);
        }

        @Test
        void turnAwayAClientThatHasSentSomethingWithAnEndAndNotAReset() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1", 0);
            try (Socket client = new Socket(InetAddress.getByName("127.0.0.1"), local(fd).getPort())) {
                client.setSoTimeout(60_000);
                client.getOutputStream().write(new byte[50_000]);
                sockets.turnAway(fd);

                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }

        @Test
        void turnAwayAllWhoWaitAndNoMoreThanSoMany() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1", 0);
            sockets.setBlocking(fd, true);
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(new Socket(InetAddress.getByName("127.0.0.1"), local(fd).getPort()));
                clients.get(i).setSoTimeout(60_000);
                clients.get(i).getOutputStream().write(i);
            }
            assertThat(sockets.turnAwayAll(fd, 3)).isEqualTo(3);
            assertThat(sockets.turnAwayAll(fd, 3)).isEqualTo(2);
            assertThat(sockets.turnAwayAll(fd, 3)).isZero();
            for (Socket client : clients) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                client.close();
            }
        }

        @Test
        void emptyTheQueueOfADatagramSocket() throws Exception {
            int fd = open(Family.INET, false, "127.0.0.1", 0);
            try (DatagramSocket client = new DatagramSocket()) {
                for (int i = 0; i < 4; i++) {
                    client.send(new DatagramPacket(new byte[i], i, InetAddress.getByName("127.0.0.1"), local(fd)
                            .getPort()));
                }
            }
            assertThat(sockets.turnAwayAll(fd, 10)).isEqualTo(4);
            assertThat(sockets.turnAwayAll(fd, 10)).isZero();
        }

        @Test
        void turnOneConnectionAwayAndNeverWaitForOne() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1", 0);
            sockets.turnAway(fd);
            try (Socket first = new Socket(InetAddress.getByName("127.0.0.1"), local(fd).getPort())) {
                first.setSoTimeout(60_000);
                sockets.turnAway(fd);

                assertThat(first.getInputStream().read()).isEqualTo(-1);
            }
        }

        @Test
        void shareTheirModeWithTheirDuplicates() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1", 0);
            int duplicate = sockets.duplicate(fd);
            open.add(duplicate);

            sockets.setBlocking(duplicate, true);

            assertThat(LibC.fcntl(fd, LibC.F_GETFL, 0) & LibC.O_NONBLOCK).isZero();
            assertThat(sockets.localAddress(duplicate)).isEqualTo(sockets.localAddress(fd));
        }
    }

    @Nested
    class UnixSockets {

        @TempDir
        private Path directory;

        @Test
        void areForEverybody() throws Exception {
            Path path = directory.resolve("socket");
            open(Family.UNIX, true, path.toString(), 0);

            assertThat((Integer) Files.getAttribute(path, "unix:mode") & 0777).isEqualTo(0666);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(client.isConnected()).isTrue();
            }
        }

        @Test
        void haveTheOwnerAndModeThatIsAskedFor() throws Exception {
            Path path = directory.resolve("socket");
            int uid = LibC.geteuid();
            int gid = LibC.getegid();
            open.add(sockets.open(new SocketSpec(Family.UNIX, true, path.toString(), 0, false, 16, 0, 0,
                    new SocketSpec.Access(uid, gid, 0200))));

            assertThat((Integer) Files.getAttribute(path, "unix:mode") & 0777).isEqualTo(0200);
            assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(uid);
            assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(gid);
        }

        @Test
        void replaceAPathThatNobodyListensOn() throws Exception {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("stale"));
            ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX).bind(address).close();

            assertThat(sockets.localAddress(open(Family.UNIX, true, address.toString(), 0))).isEqualTo(address);
        }

        @Test
        void leaveALivingOneAlone() throws Exception {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("living"));
            try (ServerSocketChannel owner = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX).bind(address)) {
                assertThatThrownBy(() -> open(Family.UNIX, true, address.toString(), 0)).isInstanceOf(AddressInUseException.class)
                        .hasMessageContaining("somebody listens there");
                assertThat(owner.isOpen()).isTrue();
            }
        }

        @Test
        void leaveAFileAlone() throws Exception {
            Path file = Files.writeString(directory.resolve("file"), "content");

            assertThatThrownBy(() -> open(Family.UNIX, true, file.toString(), 0)).hasMessageContaining("which is not a socket");
            assertThat(file).hasContent("content");
        }

        @Test
        void haveAPathOfAtMost107Bytes() {
            String path = directory.resolve("x".repeat(108)).toString();

            assertThatThrownBy(() -> open(Family.UNIX, true, path, 0)).isInstanceOf(PosixException.class)
                    .hasMessageContaining("1 to 107 bytes");
        }

        @Test
        void withoutAPeerSaySo() throws Exception {
            assertThat(sockets.remoteAddress(open(Family.UNIX, false, directory.resolve("datagrams").toString(), 0))).isEmpty();
        }
    }
}
