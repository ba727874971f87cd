package org.switchboard.itests.programs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.AskingClients;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
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
        server.awaitListed("qotd/tcp", "idle|held");
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

    /** As {@code cp} does it, with a pause in which the half that is there has been looked at. Every client is served. */
    @Test
    void aJarThatIsWrittenOverServesUntilItIsWhole() throws Exception {
        Path dropped = GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);
        awaitOpen(true);
        byte[] next = Files.readAllBytes(GreeterBundle.build(files, 2, port));
        try (OutputStream out = Files.newOutputStream(dropped, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(next, 0, next.length / 2);
            awaitDeployed("greeter.jar +org.example.greeter 1.0.0 +active +not a whole jar file: .*; org.example.greeter 1.0.0 stays");
            assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");
            out.write(next, next.length / 2, next.length - next.length / 2);
        }
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!Client.talk(port, "x").equals("hello from v2\ngoodbye from v2\n")) {
            assertThat(System.nanoTime()).as("the new version is served; log:%n%s", server.log()).isLessThan(end);
        }
        awaitDeployed("greeter.jar +org.example.greeter 2.0.0 +active *$");
    }

    /** It waits for what it misses, and takes over when that is there; no client is refused. */
    @Test
    void aVersionThatDoesNotResolveWaitsWhileTheOneBeforeServes() throws Exception {
        GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);
        awaitOpen(true);
        try (AskingClients clients = greeted()) {
            GreeterBundle.drop(GreeterBundle.importing("com.nowhere", files, 2, port), deploy);
            String why = "org.example.greeter 2.0.0 does not resolve: missing .*com.nowhere.*; org.example.greeter 1.0.0 stays and runs";
            awaitDeployed("greeter.jar +org.example.greeter 1.0.0 +active +" + why);
            server.awaitLog("WARN +DeployWatch: .*/greeter.jar: " + why);
            assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");

            Manifest needed = bundle("org.example.needed");
            needed.getMainAttributes().putValue("Export-Package", "com.nowhere");
            jar("needed.jar", needed);
            awaitDeployed("greeter.jar +org.example.greeter 2.0.0 +active *$");
            assertThat(Client.talk(port, "x")).isEqualTo("hello from v2\ngoodbye from v2\n");
            assertThat(clients.complaints()).isEmpty();
            assertThat(server.log().toString().split("greeter.jar: org.example.greeter 2.0.0 does not resolve", -1)).hasSize(2);
        }
    }

    /** The one before comes back, and it is not tried again after a restart. */
    @Test
    void aVersionWhoseActivatorFailsDoesNotReplaceTheOneBefore() throws Exception {
        GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);
        awaitOpen(true);
        String row = "greeter.jar +org.example.greeter 1.0.0 +active +org.example.greeter 2.0.0 its activator failed: "
                + "java.lang.IllegalStateException: no luck; org.example.greeter 1.0.0 stays and runs";
        try (AskingClients clients = greeted()) {
            GreeterBundle.drop(GreeterBundle.failing(files, 2, port), deploy);
            awaitDeployed(row);
            assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");
            assertThat(clients.complaints()).isEmpty();
        }
        server.terminate();
        server = server.again();
        awaitOpen(true);
        awaitDeployed(row);
        assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");
        GreeterBundle.drop(GreeterBundle.build(files, 3, port), deploy);
        awaitDeployed("greeter.jar +org.example.greeter 3.0.0 +active *$");
    }

    /** Each is served by one version to the end, and may be told that its end is wanted. */
    private AskingClients greeted() {
        Pattern answer = Pattern.compile("hello from (v[12])\n(draining \\1\n)?goodbye from \\1\n(draining \\1\n)?");
        return AskingClients.of((service, at) -> Optional.of(Client.talk(at, "x")).filter(answer.asMatchPredicate().negate()),
                Map.of("greeter", port), "greeter");
    }

    @Test
    void theSameBundleUnderASecondNameTakesOverWhenTheFirstIsGone() throws Exception {
        Path jar = GreeterBundle.build(files, 1, port);
        Path first = GreeterBundle.drop(jar, deploy);
        awaitOpen(true);
        Path second = Files.copy(jar, deploy.resolve("second.jar"));
        awaitDeployed("second.jar +- +- +org.example.greeter 1.0.0 is installed already, from .*/greeter.jar");

        Files.delete(first);
        awaitDeployed("second.jar +org.example.greeter 1.0.0 +[as]");
        awaitOpen(true);
        GreeterBundle.drop(jar, deploy);
        awaitDeployed("greeter.jar +- +- +org.example.greeter 1.0.0 is installed already, from .*/second.jar");
        Files.delete(first);
        awaitDeployed("^(?!.*greeter.jar)");
        assertThat(Client.talk(port, "x")).isEqualTo("hello from v1\ngoodbye from v1\n");
        Files.delete(second);
        awaitOpen(false);
    }

    @Test
    void whatIsWrongWithAFileIsListedAndKeepsNobodyElseFromBeingInstalled() throws Exception {
        Files.writeString(deploy.resolve("broken.jar"), "no jar");
        Files.createFile(deploy.resolve("empty.jar"));
        Files.createDirectory(deploy.resolve("folder.jar"));
        makeUnreadable(".jar");
        Path closed = jar("closed.jar", bundle("org.example.closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        jar("nobundle.jar", new Manifest());
        Manifest unresolved = bundle("org.example.unresolved");
        unresolved.getMainAttributes().putValue("Import-Package", "com.nowhere");
        jar("unresolved.jar", unresolved);
        GreeterBundle.drop(GreeterBundle.build(files, 1, port), deploy);

        awaitDeployed("broken.jar +- +- +not a whole jar file");
        awaitDeployed("empty.jar +- +- +not a whole jar file");
        awaitDeployed("folder.jar +- +- +a directory");
        awaitDeployed("fifo.jar +- +- +a FIFO");
        awaitDeployed("socket.jar +- +- +a socket");
        awaitDeployed("device.jar +- +- +a device");
        awaitDeployed("dangling.jar +- +- +a symbolic link to a file that is not there");
        awaitDeployed("loop.jar +- +- +cannot be read: Too many levels of symbolic links");
        if (!Files.isReadable(closed)) {
            awaitDeployed("closed.jar +- +- +cannot be read: permission denied");
        }
        awaitDeployed("nobundle.jar +- +- +not a bundle");
        awaitDeployed("unresolved.jar +org.example.unresolved 0.0.0 +installed +does not resolve: missing .*com.nowhere");
        awaitOpen(true);
        for (String name : List.of("broken", "empty", "folder", "fifo", "socket", "dangling", "nobundle", "unresolved")) {
            server.awaitLog("WARN +DeployWatch: .*/" + name + ".jar: ");
        }
    }

    /** A FIFO would hold the reader of all configuration files, and a device that never ends would take all memory. */
    @Test
    void aConfigurationFileThatCannotBeReadIsListedAndHoldsNoOther() throws Exception {
        makeUnreadable(".cfg");
        Files.createDirectory(deploy.resolve("folder.config"));
        Files.writeString(deploy.resolve("escape.cfg"), "path = C:\\users\n");
        try (RandomAccessFile huge = new RandomAccessFile(deploy.resolve("huge.config").toFile(), "rw")) {
            huge.setLength(1L << 31);
        }
        awaitDeployed("fifo.cfg +- +- +a FIFO");
        awaitDeployed("socket.cfg +- +- +a socket");
        awaitDeployed("device.cfg +- +- +a device");
        awaitDeployed("dangling.cfg +- +- +a symbolic link to a file that is not there");
        awaitDeployed("loop.cfg +- +- +cannot be read: Too many levels of symbolic links");
        awaitDeployed("folder.config +- +- +a directory");
        awaitDeployed("huge.config +- +- +larger than 1048576 bytes");
        awaitDeployed("escape.cfg +- +- +cannot be read: Unable to parse unicode value");
        Path service = serviceFile("org.switchboard.service-fifo.cfg");
        awaitOpen(true);

        server.terminate();
        server = server.again();
        awaitOpen(true);
        Files.delete(service);
        Command.run("mkfifo", service.toString()).orFail();
        awaitDeployed("org.switchboard.service-fifo.cfg +- +- +a FIFO");
        Files.delete(service);
        awaitOpen(false);
        awaitDeployed("^(?!.*service-fifo.cfg)");
        assertThat(server.log().toString()).doesNotContain("OutOfMemoryError").doesNotContain("Failed to install artifact");
    }

    private Path serviceFile(String name) throws IOException {
        return Files.writeString(deploy.resolve(name), "port = " + port + "\naddress = 127.0.0.1\nprovider = echo\n");
    }

    @Test
    void aServiceFileMayBeNamedWithATildeAndWrittenInUtf8WithAMark() throws Exception {
        Files.writeString(deploy.resolve("org.switchboard.service~tilde.cfg"), "\uFEFFport = " + port
                + "\naddress = 127.0.0.1\nprogram = /bin/echo\nuser = -\narguments = café\n");
        awaitOpen(true);
        String answer = Client.talk(port, "");
        assertThat(answer.getBytes(StandardCharsets.ISO_8859_1)).isEqualTo("café\n".getBytes(StandardCharsets.UTF_8));
        Files.writeString(deploy.resolve("org.switchboard.service-wrong.cfg"), "port = many\n");
        server.awaitListed("wrong/tcp", "failed.*'port' must be a number from 0 to 65535, not 'many'");

        Path second = serviceFile("org.switchboard.service-tilde.cfg");
        awaitDeployed("org.switchboard.service-tilde.cfg +- +- +not read, since .*/org.switchboard.service~tilde.cfg defines the same");
        Files.delete(deploy.resolve("org.switchboard.service~tilde.cfg"));
        server.awaitListed("tilde/tcp", "idle.* echo ");
        Files.delete(second);
        awaitOpen(false);
    }

    /** A wrong name of a file costs that file alone, whichever comes first. */
    @Test
    void aServiceFileThatNamesNoServiceIsListedAsFailedAndCostsNoOther() throws Exception {
        Path nameless = serviceFile("org.switchboard.service.cfg");
        String why = "failed.*the name of the file names no service, as org.switchboard.service-NAME.cfg does";
        server.awaitListed(port + "/tcp", why);
        assertThat(server.ask("show", Integer.toString(port)).output()).contains("origin      " + nameless);
        Path named = Files.writeString(deploy.resolve("org.switchboard.service-named.cfg"), "port = " + port
                + "\naddress = 127.0.0.1\nprovider = echo\nmode = wait\n");
        awaitOpen(true);
        assertThat(server.ask("show", "named").output())
                .contains("note        'wait' does not go with a provider on a stream socket; served as 'nowait'");
        Files.delete(nameless);
        server.awaitNotListed(port + "/tcp");
        nameless = serviceFile("org.switchboard.service-.cfg");
        server.awaitListed(port + "/tcp", why);
        Files.move(nameless, deploy.resolve("org.switchboard.service~.cfg"));
        server.awaitListed(port + "/tcp", why);
        assertThat(Client.isOpen(port)).isTrue();
        Files.delete(named);
        awaitOpen(false);
        assertThat(server.log().toString()).doesNotContain("\tat ").doesNotContain("    at ");
    }

    private static Manifest bundle(String name) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        return manifest;
    }

    private Path jar(String name, Manifest manifest) throws IOException {
        new JarOutputStream(Files.newOutputStream(deploy.resolve(name)), manifest).close();
        return deploy.resolve(name);
    }

    /** Makes one of each kind of file of which nothing can be read, or which would block who opens it. */
    private void makeUnreadable(String extension) throws Exception {
        Command.run("mkfifo", deploy.resolve("fifo" + extension).toString()).orFail();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(deploy.resolve("socket" + extension)));
        }
        Files.createSymbolicLink(deploy.resolve("device" + extension), Path.of("/dev/zero"));
        Files.createSymbolicLink(deploy.resolve("dangling" + extension), Path.of("nothing"));
        Files.createSymbolicLink(deploy.resolve("loop" + extension), Path.of("loop" + extension));
    }

    /** Waits for a row, by what stands in it behind the folder. */
    private void awaitDeployed(String row) throws Exception {
        Pattern wanted = Pattern.compile(row.startsWith("^") ? "(?s)" + row : "(?m)/" + row);
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        String output = server.ask("deployed").output();
        while (!wanted.matcher(output).find()) {
            assertThat(System.nanoTime()).as("row '%s' in:%n%s%nlog:%n%s", row, output, server.log()).isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
            output = server.ask("deployed").output();
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
