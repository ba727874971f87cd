package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Mailbox;
import org.switchboard.itests.programs.Workspace;

/** The lines in the system's log that scripts look for; if one of our own messages changes, this is where it shows. */
class WordsIT {

    private static final String USER = System.getProperty("user.name");

    private Workspace workspace;
    private Mailbox log;
    private final int port = FreePorts.next();

    @BeforeAll
    static void needsPython() {
        Needs.program("python3", "python3");
    }

    @BeforeEach
    void create() throws Exception {
        workspace = Workspace.create();
        log = Mailbox.at(Inetd.log(workspace));
    }

    @AfterEach
    void remove() throws Exception {
        log.close();
        workspace.close();
    }

    @Test
    void takenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Inetd inetd = Inetd.start(workspace, List.of(), "127.0.0.1:" + taken.getLocalPort() + " stream tcp nowait root internal echo")) {
            log.await("^<27>\\w+ [ \\d]\\d \\d\\d:\\d\\d:\\d\\d inetd\\[" + inetd.pid() + "\\]: " + taken.getLocalPort()
                    + "/tcp: bind: Address already in use$");
        }
    }

    @Test
    void serviceOutsideTheRegistry() throws Exception {
        try (Inetd inetd = Inetd.start(workspace, List.of(), "no-such-service stream tcp nowait root internal echo")) {
            log.await("<27>.* inetd\\[" + inetd.pid() + "\\]: no-such-service/tcp: unknown service$");
        }
    }

    @Test
    void floodedService() throws Exception {
        try (Inetd inetd = Inetd.start(workspace, List.of("--dialect=gnu", "-R", "3"), "127.0.0.1:" + port + " stream tcp nowait " + USER + " /bin/cat cat")) {
            assertThat(Client.talk(port, "one")).isEqualTo("one");
            assertThat(Client.talk(port, "two")).isEqualTo("two");
            Client.connect(port).close();
            log.await("<27>.* inetd\\[" + inetd.pid() + "\\]: " + port + "/tcp server failing \\(looping\\), service terminated$");
            Inetd.await("the port is closed", () -> !Client.isOpen(port));
        }
    }

    @Test
    void firstSessionOfALimitOfOneIsServed() throws Exception {
        try (Inetd inetd = Inetd.start(workspace, List.of("--dialect=gnu", "-R", "1"), "127.0.0.1:" + port + " stream tcp nowait " + USER + " /bin/cat cat")) {
            assertThat(Client.talk(port, "one")).isEqualTo("one");
            Client.connect(port).close();
            log.await("<27>.* inetd\\[" + inetd.pid() + "\\]: " + port + "/tcp server failing \\(looping\\), service terminated$");
        }
    }

    @Test
    void waitingProgramThatFails() throws Exception {
        // A shell reads one byte at a time, and of a datagram the rest is gone: it may have one byte only.
        workspace.program("fail", "#!/bin/sh\nread -r line\nexit 3\n");
        try (Inetd inetd = Inetd.start(workspace, List.of(), "127.0.0.1:" + port + " dgram udp wait " + USER + " "
                + workspace.resolve("fail") + " fail"); DatagramSocket client = Client.datagrams()) {
            Client.send(client, port, "\n");
            log.await("<28>.* inetd\\[" + inetd.pid() + "\\]: " + workspace.resolve("fail") + ": exit status 3$");
        }
    }
}
