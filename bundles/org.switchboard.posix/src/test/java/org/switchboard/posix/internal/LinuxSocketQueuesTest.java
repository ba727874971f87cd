package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.DatagramSockets.First;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketQueues.Look;
import org.switchboard.posix.SocketQueues.Taken;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;

/**
 * By real sockets. Other connections of this host may make the answer about a TCP socket unknown at any moment, and
 * only that, so these tests look until it is known.
 */
@EnabledOnOs(OS.LINUX)
class LinuxSocketQueuesTest {

    private static final int MOST_LOOKS = 10_000;

    private final List<Integer> open = new ArrayList<>();
    private final List<AutoCloseable> clients = new ArrayList<>();
    private LinuxSockets sockets;
    private LinuxSocketQueues queues;

    @BeforeEach
    void sockets() throws PosixException {
        sockets = new LinuxSockets(Native.parts());
        queues = new LinuxSocketQueues(Native.parts());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        open.forEach(sockets::close);
    }

    private int open(Family family, boolean stream, String address) throws Exception {
        int fd = sockets.open(new SocketSpec(family, stream, address, 0, true, 16, 0, 0));
        open.add(fd);
        return fd;
    }

    private int port(int fd) throws Exception {
        return ((InetSocketAddress) sockets.localAddress(fd)).getPort();
    }

    private Socket connect(int fd) throws Exception {
        Socket client = new Socket(InetAddress.getByName("127.0.0.1"), port(fd));
        clients.add(client);
        return client;
    }

    private void send(DatagramSocket from, int fd) throws Exception {
        from.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getByName("127.0.0.1"), port(fd)));
    }

    private void accept(int fd) {
        sockets.turnAway(fd);
    }

    /** Looks twice with nothing between, until nothing arrived anywhere meanwhile. */
    private Taken untouched(int fd) {
        Taken taken = Taken.UNKNOWN;
        for (int i = 0; i < MOST_LOOKS && taken == Taken.UNKNOWN; i++) {
            Look before = queues.look(fd);
            taken = queues.look(fd).takenSince(before);
        }
        return taken;
    }

    @Nested
    class Connections {

        @Test
        void thatWaitAreCounted() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1");
            assertThat(queues.look(fd).waiting()).isZero();
            connect(fd);
            connect(fd);

            assertThat(queues.look(fd).waiting()).isEqualTo(2);
        }

        @Test
        void thatStayAreNotTakenEvenIfTheirClientHasLeft() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1");
            connect(fd).close();
            Socket cut = connect(fd);
            cut.setSoLinger(true, 0);
            cut.close();

            assertThat(queues.look(fd).waiting()).isEqualTo(2);
            assertThat(untouched(fd)).isEqualTo(Taken.NOTHING);
        }

        @Test
        void ofWhichOneIsAcceptedAreTaken() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1");
            connect(fd);
            connect(fd);
            Look before = queues.look(fd);
            accept(fd);

            assertThat(queues.look(fd).takenSince(before)).isEqualTo(Taken.SOMETHING);
        }

        @Test
        void ofWhichOneIsAcceptedWhileAnotherArrivesAreNeverSaidToBeUntouched() throws Exception {
            int fd = open(Family.INET, true, "127.0.0.1");
            connect(fd);
            Look before = queues.look(fd);
            accept(fd);
            connect(fd);

            assertThat(queues.look(fd).takenSince(before)).isNotEqualTo(Taken.NOTHING);
        }
    }

    @Nested
    class Datagrams {

        private final DatagramSocket client = client();

        private DatagramSocket client() {
            try {
                DatagramSocket made = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                clients.add(made);
                return made;
            } catch (java.io.IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }

        private int watched() throws Exception {
            int fd = open(Family.INET, false, "127.0.0.1");
            assertThat(queues.look(fd).waiting()).isZero();
            // The kernel begins to note arrivals a moment after it was asked.
            boolean noted = false;
            for (int i = 0; i < MOST_LOOKS && !noted; i++) {
                send(client, fd);
                noted = queues.look(fd).first().isPresent();
                sockets.turnAwayAll(fd, MOST_LOOKS);
            }
            assertThat(noted).isTrue();
            return fd;
        }

        @Test
        void thatStayAreNotTaken() throws Exception {
            int fd = watched();
            send(client, fd);
            Look before = queues.look(fd);
            send(client, fd);

            assertThat(queues.look(fd).takenSince(before)).isEqualTo(Taken.NOTHING);
        }

        @Test
        void ofWhichOneIsReadWhileTheSameArrivesAgainAreTaken() throws Exception {
            int fd = watched();
            send(client, fd);
            send(client, fd);
            Look before = queues.look(fd);
            accept(fd);
            send(client, fd);

            assertThat(queues.look(fd).takenSince(before)).isEqualTo(Taken.SOMETHING);
        }

        @Test
        void thatArrivedBeforeTheKernelNotedWhenAreUnknown() throws Exception {
            int fd = open(Family.INET, false, "127.0.0.1");
            send(client, fd);
            Look before = queues.look(fd);

            assertThat(queues.look(fd).takenSince(before)).isEqualTo(Taken.UNKNOWN);
        }
    }

    @Nested
    class UnixSockets {

        @TempDir
        Path directory;

        @Test
        void tellOnlyWhetherDatagramsWait() throws Exception {
            int fd = open(Family.UNIX, false, directory.resolve("log").toString());
            assertThat(queues.look(fd)).isEqualTo(new Look(0, Look.UNKNOWN, Optional.<First>empty()));
        }

        @Test
        void thatListenTellNothing() throws Exception {
            int fd = open(Family.UNIX, true, directory.resolve("listener").toString());
            assertThat(queues.look(fd).takenSince(queues.look(fd))).isEqualTo(Taken.UNKNOWN);
        }
    }
}
