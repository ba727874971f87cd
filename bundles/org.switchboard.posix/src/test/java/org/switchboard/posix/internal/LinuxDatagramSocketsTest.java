package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.posix.AddressInUseException;
import org.switchboard.posix.DatagramSockets.First;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;

/** Everything by real datagrams on the loopback, on sockets for one address and for all of them. */
class LinuxDatagramSocketsTest {

    private final List<Integer> open = new ArrayList<>();
    private LinuxSockets sockets;
    private LinuxDatagramSockets datagrams;
    private DatagramSocket one;
    private DatagramSocket other;
    private SocketSpec spec;
    private int port;

    @BeforeEach
    void start() throws Exception {
        sockets = new LinuxSockets(Native.parts());
        datagrams = new LinuxDatagramSockets(Native.parts());
        one = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        open.forEach(sockets::close);
    }

    private int bound(String address) throws IOException {
        spec = new SocketSpec(Family.INET, false, address, 0, false, 0, 0, 0);
        int fd = kept(sockets.open(spec));
        port = ((InetSocketAddress) sockets.localAddress(fd)).getPort();
        return fd;
    }

    private int kept(int fd) {
        open.add(fd);
        return fd;
    }

    private void send(DatagramSocket from, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), port));
    }

    private static List<String> taken(int fd) {
        List<String> texts = new ArrayList<>();
        byte[] buffer = new byte[100];
        for (long size = receive(fd, buffer); size >= 0; size = receive(fd, buffer)) {
            texts.add(new String(Arrays.copyOf(buffer, (int) size), StandardCharsets.US_ASCII));
        }
        return texts;
    }

    private static long receive(int fd, byte[] buffer) {
        return LibC.recv(fd, buffer, buffer.length, LibC.MSG_DONTWAIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void theSendersOfAQueueAreSeenAndNothingIsTaken(String address) throws Exception {
        int fd = bound(address);
        SocketAddress first = one.getLocalSocketAddress();
        SocketAddress second = other.getLocalSocketAddress();
        send(one, "a");
        send(other, "b, which is longer");
        send(one, "c");

        assertThat(datagrams.senders(fd, 10)).containsExactly(first, second, first);
        assertThat(datagrams.senders(fd, 2)).containsExactly(first, second);
        assertThat(datagrams.first(fd)).map(First::sender).contains(first);
        assertThat(taken(fd)).containsExactly("a", "b, which is longer", "c");
        assertThat(datagrams.senders(fd, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void aSuccessorGetsWhatArrivesButForThePeerOfTheFirst(String address) throws Exception {
        int fd = bound(address);
        send(one, "queued");
        int next = kept(datagrams.succeed(fd, spec));
        send(one, "before it is connected");
        datagrams.connectToFirst(fd);
        send(other, "to the successor");
        send(one, "to the first");

        assertThat(sockets.remoteAddress(fd)).contains(one.getLocalSocketAddress());
        assertThat(taken(fd)).containsExactly("queued", "to the first");
        assertThat(taken(next)).containsExactly("before it is connected", "to the successor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void aSuccessorHasASuccessor(String address) throws Exception {
        int fd = bound(address);
        send(one, "1");
        int next = kept(datagrams.succeed(fd, spec));
        datagrams.connectToFirst(fd);
        send(other, "2");
        int last = kept(datagrams.succeed(next, spec));
        datagrams.connectToFirst(next);
        send(one, "3");
        send(other, "4");
        try (DatagramSocket third = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            send(third, "5");
        }

        assertThat(taken(fd)).containsExactly("1", "3");
        assertThat(taken(next)).containsExactly("2", "4");
        assertThat(taken(last)).containsExactly("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void twoDatagramsAreToldApartThoughTheyLookTheSame(String address) throws Exception {
        int fd = kept(datagrams.succeed(bound(address), spec));
        awaitNotes(fd);
        send(one, "same");
        send(one, "same");
        Optional<First> first = datagrams.first(fd);

        assertThat(datagrams.first(fd)).isEqualTo(first);
        sockets.turnAway(fd);
        assertThat(datagrams.first(fd)).isPresent().isNotEqualTo(first);
        assertThat(first).map(First::arrived).get().isNotEqualTo(0L);
    }

    /** The kernel begins to note when datagrams arrive some time after the first socket on this host has asked for it. */
    private void awaitNotes(int fd) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean noted = false;
        while (!noted && System.nanoTime() < end) {
            send(one, "noted?");
            noted = datagrams.first(fd).filter(first -> first.arrived() != 0).isPresent();
            sockets.turnAway(fd);
        }
        assertThat(noted).isTrue();
    }

    @Test
    void aSocketForBothIpVersionsHasPeersOfBoth() throws Exception {
        assumeTrue(sockets.supports(Family.INET6), "no IPv6 here");
        spec = new SocketSpec(Family.INET6, false, "::", 0, false, 0, 0, 0);
        int fd = kept(sockets.open(spec));
        port = ((InetSocketAddress) sockets.localAddress(fd)).getPort();
        send(one, "queued");
        int next = kept(datagrams.succeed(fd, spec));
        datagrams.connectToFirst(fd);
        send(other, "to the successor");
        send(one, "to the first");

        assertThat(sockets.remoteAddress(fd)).contains(one.getLocalSocketAddress());
        assertThat(taken(fd)).containsExactly("queued", "to the first");
        assertThat(taken(next)).containsExactly("to the successor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void nothingArrivesAtASocketThatIsConnectedToItself(String address) throws Exception {
        int fd = bound(address);
        send(one, "1");
        int next = kept(datagrams.succeed(fd, spec));
        datagrams.connectToFirst(fd);
        datagrams.connectToItself(fd);
        send(one, "2");

        assertThat(taken(fd)).containsExactly("1");
        assertThat(taken(next)).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void aStrangerIsKeptOffAsBefore(String address) throws Exception {
        int next = kept(datagrams.succeed(bound(address), spec));

        assertThat(sockets.localAddress(next)).isEqualTo(sockets.localAddress(open.get(0)));
        assertThatThrownBy(() -> kept(sockets.open(new SocketSpec(Family.INET, false, address, port, false, 0, 0, 0))))
                .isInstanceOf(AddressInUseException.class);
        try (DatagramSocket stranger = new DatagramSocket(null)) {
            stranger.setReuseAddress(true);
            assertThatThrownBy(() -> stranger.bind(new InetSocketAddress(address, port))).isInstanceOf(IOException.class);
        }
    }
}
