package org.switchboard.provider.ident.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionOwnersTest {

    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    private Path proc;

    private OptionalInt owner(String local, int localPort, String remote, int remotePort) throws Exception {
        return new ConnectionOwners(proc).owner(new InetSocketAddress(local, localPort), new InetSocketAddress(remote, remotePort));
    }

    /** Addresses in the tables below are written as a little-endian machine has them. */
    private void table(String name, String... lines) throws Exception {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net").resolve(name), HEAD + String.join("\n", lines) + "\n");
    }

    @Test
    void aConnectionOfThisProcessIsOurs() throws Exception {
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(accepted.isConnected()).isTrue();
            assertThat(new ConnectionOwners(Path.of("/proc")).owner((InetSocketAddress) client.getLocalSocketAddress(),
                    (InetSocketAddress) client.getRemoteSocketAddress())).hasValue((Integer) self);
        }
    }

    @Test
    void bothEndsMustFit() throws Exception {
        table("tcp", "   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0");

        assertThat(owner("127.0.0.1", 8080, "127.0.0.1", 50000)).hasValue(1000);
        assertThat(owner("127.0.0.1", 50000, "127.0.0.1", 8080)).isEmpty();
        assertThat(owner("127.0.0.2", 8080, "127.0.0.1", 50000)).isEmpty();
        assertThat(owner("127.0.0.1", 8081, "127.0.0.1", 50000)).isEmpty();
    }

    @Test
    void anIpv4ConnectionMayBeThatOfASocketForBoth() throws Exception {
        table("tcp");
        table("tcp6", "   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 01"
                + " 00000000:00000000 00:00000000 00000000    33        0 4711 1 0");

        assertThat(owner("127.0.0.1", 8080, "127.0.0.1", 50000)).hasValue(33);
    }

    @Test
    void ipv6() throws Exception {
        table("tcp6", "   0: 00000000000000000000000001000000:1F90 B80D0120000000000000000001000000:C350 08"
                + " 00000000:00000000 00:00000000 00000000 65534        0 4711 1 0");

        assertThat(owner("::1", 8080, "2001:db8::1", 50000)).hasValue(65534);
    }

    @Test
    void whatNobodyHasOpenIsNotRoots() throws Exception {
        table("tcp", "   0: 0100007F:1F90 0100007F:C350 06 00000000:00000000 03:000016B5 00000000     0        0 0 3 0",
                "   1: 0100007F:1F90 0100007F:C351 04 00000000:00000001 01:000016B5 00000000     0        0 0 1 0");

        assertThat(owner("127.0.0.1", 8080, "127.0.0.1", 50000)).isEmpty();
        assertThat(owner("127.0.0.1", 8080, "127.0.0.1", 50001)).isEmpty();
    }
}
