package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Workspace;

/** Lines of other systems' files do what they do there. */
class OtherSystemsFilesIT {

    private static final String USER = System.getProperty("user.name");

    private static String line(int port, String protocol, String program) {
        return port + " stream " + protocol + " nowait " + USER + " " + program;
    }

    private static String onIpv6(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("::1"), port)) {
            return Client.talk(socket, "");
        }
    }

    private static void needsIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assertThat(probe.isBound()).isTrue();
        } catch (IOException none) {
            assumeTrue(false, "this host has no IPv6");
        }
    }

    @Test
    void debianSharesAPortByVersionAndStartsFromTheRoot() throws Exception {
        needsIpv6();
        int first = FreePorts.next();
        int second = FreePorts.next();
        int relative = FreePorts.next();
        try (Workspace workspace = Workspace.create(); Inetd inetd = Inetd.start(workspace, List.of("--dialect=debian"),
                line(first, "tcp", "/bin/echo echo four"), line(first, "tcp6", "/bin/echo echo six"),
                line(second, "tcp6", "/bin/echo echo six"), line(second, "tcp", "/bin/echo echo both"),
                line(relative, "tcp", "bin/echo echo relative"))) {
            assertThat(Client.talk(first, "")).isEqualTo("four\n");
            assertThat(onIpv6(first)).isEqualTo("six\n");
            assertThat(Client.talk(second, "")).isEqualTo("both\n");
            assertThat(onIpv6(second)).isEqualTo("both\n");
            assertThat(Client.talk(relative, "")).as("pid %s", inetd.pid()).isEqualTo("relative\n");
        }
    }

    @Test
    void busyboxLooksInPath() throws Exception {
        int port = FreePorts.next();
        try (Workspace workspace = Workspace.create();
                Inetd inetd = Inetd.start(workspace, List.of("--dialect=busybox"), line(port, "tcp", "cat cat"))) {
            assertThat(Client.talk(port, "hello")).as("pid %s", inetd.pid()).isEqualTo("hello");
        }
    }
}
