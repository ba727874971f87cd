package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.switchboard.ports.internal.Claims.claim;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortHolder;

class PortHoldersTest {

    private static final Path PROC = Path.of("/proc");
    private static final long SELF = ProcessHandle.current().pid();

    @Nested
    class OnThisHost {

        private final PortHolders holders = new PortHolders(PROC, SELF);

        @BeforeEach
        void needsProc() {
            assumeTrue(Files.exists(PROC.resolve("net/tcp")), "no /proc/net/tcp here");
        }

        @Test
        @Timeout(60)
        void anotherProcessIsFoundByItsPorts() throws Exception {
            Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-cp", System.getProperty("java.class.path"), HoldPort.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader out = other.inputReader()) {
                String[] ports = out.readLine().split(" ");
                PortHolder expected = new PortHolder(other.pid(), "java (pid " + other.pid() + ")");

                assertThat(holders.holder(claim("a", Protocol.TCP4, "", Integer.parseInt(ports[0])))).contains(expected);
                assertThat(holders.holder(claim("a", Protocol.TCP, "127.0.0.1", Integer.parseInt(ports[0])))).contains(expected);
                assertThat(holders.holder(claim("a", Protocol.UDP, "", Integer.parseInt(ports[1])))).contains(expected);
                assertThat(holders.holder(claim("a", Protocol.UDP, "127.0.0.2", Integer.parseInt(ports[1])))).isEmpty();
            } finally {
                other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }

        @Test
        void thisProcessIsFoundWhenNobodyElseHasThePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                assertThat(holders.holder(claim("a", Protocol.TCP4, "", socket.getLocalPort()))).contains(new PortHolder(SELF,
                        "this process itself (pid " + SELF + "), for none of its entries: by another bundle or an earlier dispatcher"));
            }
        }

        @Test
        void aSocketOfBothVersionsIsInTheWayOfIpv4() throws IOException {
            assumeTrue(Files.exists(PROC.resolve("net/tcp6")), "no IPv6 here");
            try (ServerSocket socket = new ServerSocket(0)) {
                assertThat(holders.holder(claim("a", Protocol.TCP4, "127.0.0.1", socket.getLocalPort())).map(PortHolder::pid))
                        .contains(SELF);
            }
        }

        @Test
        void aFreePortHasNoHolder() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            assertThat(holders.holder(claim("a", Protocol.TCP, "", port))).isEmpty();
        }
    }

    @Nested
    class WhereWeMayNotLook {

        @TempDir
        Path proc;

        private Optional<PortHolder> holder() {
            return new PortHolders(proc, SELF).holder(claim("a", Protocol.TCP4, "", 7007));
        }

        private void table(String uid) throws IOException {
            String loopback = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "0100007F" : "7F000001";
            Files.createDirectories(proc.resolve("net"));
            Files.writeString(proc.resolve("net/tcp"), "  sl  local_address rem_address   st …\n   0: " + loopback
                    + ":1B5F 00000000:0000 0A 00000000:00000000 00:00000000 00000000 " + uid + " 0 4711 1 0 100 0 0 10 0\n");
        }

        @Test
        void theUserOfTheSocketIsNamed() throws IOException {
            Path process = Files.createDirectory(proc.resolve("812"));
            table(Files.getAttribute(process, "unix:uid").toString());

            assertThat(holder()).contains(new PortHolder(0,
                    "a process of user '" + Files.getOwner(process).getName() + "'"));
        }

        @Test
        void aUserWithoutAProcessIsANumber() throws IOException {
            table("4294967294");

            assertThat(holder()).contains(new PortHolder(0, "a process of the user with id 4294967294"));
        }

        @Test
        void withoutTablesNobodyIsNamed() {
            assertThat(holder()).isEmpty();
        }
    }
}
