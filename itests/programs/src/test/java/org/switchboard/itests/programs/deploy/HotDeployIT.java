package org.switchboard.itests.programs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class HotDeployIT {

    private static final long POLL_NANOS = 10_000_000;
    private static final int EXAMPLE_PORT = 1717;

    private final int port = FreePorts.next();
    private Workspace files;
    private RunningServer server;
    private Path deploy;

    @BeforeEach
    void start() throws Exception {
        files = Workspace.create();
        server = RunningServer.start("# nothing but what is deployed");
        deploy = server.workspace().resolve("state/deploy");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        files.close();
    }

    @Test
    void thePortOpensWithTheBundleAndClosesWithIt() throws Exception {
        Path dropped = GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);
        awaitOpen(true);
        assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");
        assertThat(server.listed("greeter/tcp")).contains(Integer.toString(port));
        Files.delete(dropped);
        awaitOpen(false);
    }

    @Test
    void whatIsThereAtTheStartIsOpenedAndWhatWasRemovedMeanwhileIsNot() throws Exception {
        Path dropped = GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);
        awaitOpen(true);

        server.terminate();
        server = server.again();
        awaitOpen(true);
        assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");

        server.terminate();
        Files.delete(dropped);
        server = server.again();
        server.awaitNotListed("greeter/tcp");
        assertThat(Client.isOpen(port)).isFalse();
    }

    /** The example's port is written into it, and somebody else may have that here: then its entry says so. */
    @Test
    void theExampleOfTheProjectIsListedWhileItIsThere() throws Exception {
        Path dropped = Files.copy(Path.of(System.getProperty("example.bundle")), deploy.resolve("qotd.jar"));
        server.awaitListed("qotd/tcp", "idle|stand-alone");
        if (server.listed("qotd/tcp").contains("idle")) {
            assertThat(Client.talk(EXAMPLE_PORT, "")).endsWith("\r\n");
        }
        Files.delete(dropped);
        server.awaitNotListed("qotd/tcp");
    }

    @Test
    void sessionsDrainWithTheirClassesWhileArrivalsWaitForTheNewVersion() throws Exception {
        GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);
        awaitOpen(true);
        try (Socket running = Client.connect(port)) {
            assertThat(Client.readLine(running)).isEqualTo("hello from v1");

            GreeterBundle.drop(GreeterBundle.build(files, 2, port), deploy);
            assertThat(Client.readLine(running)).isEqualTo("draining v1");

            try (Socket arrival = Client.connect(port)) {
                assertThat(arrival.getInputStream().available()).isZero();
                running.getOutputStream().write('x');
                assertThat(Client.readLine(running)).isEqualTo("goodbye from v1");
                assertThat(running.getInputStream().read()).isEqualTo(-1);
                assertThat(Client.readLine(arrival)).isEqualTo("hello from v2");
            }
        }
    }

    private void awaitOpen(boolean wanted) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (Client.isOpen(port) != wanted) {
            assertThat(System.nanoTime()).as("port %d open: %s; log:%n%s", port, wanted, server.log()).isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
