package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;
import org.switchboard.posix.UnixDatagrams;

@EnabledOnOs(OS.LINUX)
class LinuxUnixDatagramsTest {

    @TempDir
    Path directory;

    private LinuxUnixDatagrams datagrams;
    private LinuxSockets sockets;
    private String path = "";

    @BeforeEach
    void prepare() throws PosixException {
        datagrams = new LinuxUnixDatagrams(Native.parts());
        sockets = new LinuxSockets(Native.parts());
        path = directory.resolve("log").toString();
    }

    private int receiver() throws Exception {
        return sockets.open(new SocketSpec(Family.UNIX, false, path, 0, false, 0, 0, 0));
    }

    @Test
    void everyDatagramArrivesWhole() throws Exception {
        int receiver = receiver();
        try (UnixDatagrams.Outlet outlet = datagrams.connect(path)) {
            outlet.send("one".getBytes(StandardCharsets.UTF_8));
            outlet.send("two".getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[100];
            int length = (int) LibC.recv(receiver, buffer, buffer.length, LibC.MSG_DONTWAIT);
            assertThat(new String(Arrays.copyOf(buffer, length), StandardCharsets.UTF_8)).isEqualTo("one");
        } finally {
            sockets.close(receiver);
        }
    }

    @Test
    void socketWithoutAFileIsNamedBehindAnAt() throws Exception {
        String name = "@switchboard-test-" + ProcessHandle.current().pid();
        byte[] address = SocketAddresses.peer(name);
        int receiver = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM, 0);
        assertThat(LibC.bind(receiver, address, address.length)).isZero();
        try {
            new DatagramSender(datagrams).accept(name, "READY=1".getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[100];
            int length = (int) LibC.recv(receiver, buffer, buffer.length, LibC.MSG_DONTWAIT);
            assertThat(new String(buffer, 0, length, StandardCharsets.US_ASCII)).isEqualTo("READY=1");
            assertThat(Files.readString(Path.of("/proc/net/unix"))).contains(name);
        } finally {
            LibC.close(receiver);
        }
    }

    @Test
    void nobodyThereSaysWhere() {
        assertThatThrownBy(() -> datagrams.connect(path)).isInstanceOf(PosixException.class).hasMessageContaining(path);
    }

    @Test
    void receiverThatTakesNoMoreIsAnErrorAndNotAWait() throws Exception {
        int receiver = receiver();
        try (UnixDatagrams.Outlet outlet = datagrams.connect(path)) {
            assertThatThrownBy(() -> {
                for (int i = 0; i < 100_000; i++) {
                    outlet.send(new byte[100]);
                }
            }).isInstanceOf(PosixException.class);
        } finally {
            sockets.close(receiver);
        }
    }
}
