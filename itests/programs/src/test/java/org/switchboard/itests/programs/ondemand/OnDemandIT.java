package org.switchboard.itests.programs.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class OnDemandIT {

    private static final long POLL_NANOS = 20_000_000;
    private static final String DAYTIME_CLASSES = "org.switchboard.provider.daytime.";

    private final int port = FreePorts.next();

    @Test
    void noClassOfAProviderIsLoadedBeforeItsFirstClientAndItsObjectIsLetGoAfterTheLast() throws Exception {
        try (Workspace files = Workspace.create()) {
            Path classes = files.resolve("classes.log");
            List<String> logged = List.of("/usr/bin/env", "SWITCHBOARD_JAVA_OPTS=-Xlog:class+load:file=" + classes);
            try (RunningServer server = RunningServer.startUnder(logged, List.of(), line("daytime"))) {
                server.awaitListed(port + "/tcp", " idle ");
                assertThat(Files.readString(classes)).contains("org.switchboard.dispatcher.internal.Dispatcher ")
                        .doesNotContain(DAYTIME_CLASSES);

                assertThat(Client.talk(port, "")).endsWith("\r\n");
                assertThat(Files.readString(classes)).contains(DAYTIME_CLASSES);
                assertThat(provider(server, "daytime")).endsWith("in use");
                assertThat(server.listed(port + "/tcp")).matches(".* 0 +1 *");

                drop(files, server, "idle.timeout.seconds = 1");
                await("daytime is let go", () -> provider(server, "daytime").endsWith("idle"));
                await("and comes back", () -> Client.isOpen(port) && Client.talk(port, "").endsWith("\r\n"));
                await("it is let go again", () -> provider(server, "daytime").endsWith("idle"));
            }
        }
    }

    @Test
    void aBundleThatALineNamesIsInstalledWithItsFirstClient() throws Exception {
        String jar = System.getProperty("example.bundle");
        RunningServer server = RunningServer.start(line("bundle:" + jar + "#qotd"));
        try {
            server.awaitListed(port + "/tcp", "idle.*its bundle is installed with the first client");
            assertThat(server.ask("lb").output()).doesNotContain("qotd");

            assertThat(Client.talk(port, "")).endsWith("\r\n");
            assertThat(server.ask("lb").output()).contains("qotd");
            server.awaitListed(port + "/tcp", "idle.* 0 +1 *$");

            server.terminate();
            server = server.again();
            assertThat(Client.talk(port, "")).endsWith("\r\n");
            assertThat(server.listed(port + "/tcp")).contains("bundle:");
        } finally {
            server.close();
        }
    }

    @Test
    void whatCannotBeInstalledSaysWhyAndItsClientIsTurnedAway() throws Exception {
        try (Workspace files = Workspace.create()) {
            Path jar = files.resolve("broken.jar");
            try (RunningServer server = RunningServer.start(line("bundle:" + jar))) {
                server.awaitListed(port + "/tcp", "failed.*broken.jar' does not exist");
                files.write("broken.jar", "this is no jar");
                server.awaitListed(port + "/tcp", "idle");
                assertThat(whatATurnedAwayClientSees()).isEmpty();
                server.awaitLog("broken.jar' cannot be installed");
            }
        }
    }

    private String whatATurnedAwayClientSees() throws IOException {
        try {
            return Client.talk(port, "");
        } catch (SocketException reset) {
            return "";
        }
    }

    private String line(String provider) {
        return "127.0.0.1:" + port + " stream tcp nowait - internal " + provider;
    }

    private static String provider(RunningServer server, String name) throws IOException, InterruptedException {
        return server.ask("providers").output().lines().filter(line -> line.startsWith(name + " ")).findFirst()
                .map(String::strip).orElse("");
    }

    private static void drop(Workspace files, RunningServer server, String setting) throws IOException {
        Path written = files.write("dispatcher.new", setting + "\n");
        Files.move(written, server.workspace().resolve("state/deploy/org.switchboard.dispatcher.cfg"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
