package org.switchboard.itests.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Karaf that is unpacked from its archive, started by its own script, and asked by its own client. Changed are only its
 * ports, which are free ones, and that it has two users; and an inetd.conf with an echo service is there. The home directory
 * of its process has an empty Maven repository, and a proxy that notes each request and closes the connection.
 */
final class FreshKaraf implements AutoCloseable {

    private static final long SECONDS = 180;
    private static final String SETTINGS = """
            <settings><proxies>
              <proxy><id>http</id><protocol>http</protocol><host>127.0.0.1</host><port>%1$d</port></proxy>
              <proxy><id>https</id><protocol>https</protocol><host>127.0.0.1</host><port>%1$d</port></proxy>
            </proxies></settings>
            """;
    private static final String USER = """

            karaf = karaf,_g_:admingroup
            _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
            looker = looker,viewer,ssh
            """;

    private final Path home;
    private final Path user;
    private final int echo = Loopback.freePort();
    private final ClosedNetwork network = new ClosedNetwork();
    private final Process process;

    private FreshKaraf(Path directory) throws IOException, InterruptedException {
        home = Files.createDirectories(directory.resolve("karaf"));
        user = Files.createDirectories(directory.resolve("user"));
        run(home, "tar", "xzf", Path.of(System.getProperty("karaf.archive")).toString(), "--strip-components=1");
        configure();
        ProcessBuilder server = new ProcessBuilder(home.resolve("bin/karaf").toString(), "server")
                .redirectErrorStream(true).redirectOutput(directory.resolve("karaf.out").toFile());
        environment(server).put("EXTRA_JAVA_OPTS", "-Duser.home=" + user);
        process = server.start();
    }

    /** Starts it; returns when its own features are there. */
    static FreshKaraf start() throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "fresh");
        FreshKaraf karaf = new FreshKaraf(directory);
        try {
            Loopback.await(() -> "Karaf is up; log:\n" + karaf.log(), karaf::isUp);
            return karaf;
        } catch (Exception | AssertionError e) {
            karaf.close();
            throw e;
        }
    }

    /** The features with which it starts are installed together. */
    private boolean isUp() throws IOException {
        return log().lines().anyMatch(line -> line.contains("FeaturesServiceImpl") && line.endsWith("Done."));
    }

    private void configure() throws IOException {
        Path maven = Files.createDirectories(user.resolve(".m2"));
        Files.writeString(maven.resolve("settings.xml"), SETTINGS.formatted(network.port()));
        Path etc = home.resolve("etc");
        Files.writeString(etc.resolve("users.properties"), USER, StandardOpenOption.APPEND);
        Files.writeString(etc.resolve("inetd.conf"), "127.0.0.1:" + echo + " stream tcp nowait - internal echo\n");
        set(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort", Loopback.freePort());
        set(etc.resolve("org.apache.karaf.management.cfg"), "rmiRegistryPort", Loopback.freePort());
        set(etc.resolve("org.apache.karaf.management.cfg"), "rmiServerPort", Loopback.freePort());
    }

    private static void set(Path file, String key, int value) throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^" + key + " *=.*$", key + " = " + value));
    }

    Path home() {
        return home;
    }

    /** The port of its echo service. */
    int echo() {
        return echo;
    }

    /** Runs commands of the README as they stand there. */
    void inShell(String commands) throws IOException, InterruptedException {
        run(ReadmeCommands.root(), "sh", "-e", "-c", commands.replace("KARAF", home.toString()));
    }

    /** Types lines at the console; returns what they print. */
    String inConsole(String lines) throws IOException, InterruptedException {
        Result result = client("karaf", String.join("; ", lines.lines().toList()));
        if (result.status() != 0) {
            throw new AssertionError("exit status " + result.status() + " of: " + lines + "\n" + result.output() + "\nlog:\n"
                    + log());
        }
        return result.output();
    }

    /** What a line prints for the user who has only the role {@code viewer}, whatever the exit status. */
    String asViewer(String line) throws IOException, InterruptedException {
        return client("looker", line).output();
    }

    /** All its bundles, with their numbers, states and locations. */
    String bundles() throws IOException, InterruptedException {
        return inConsole("bundle:list -t 0 -l --no-format");
    }

    /** The end of its log. */
    String log() throws IOException {
        Path log = home.resolve("data/log/karaf.log");
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    List<String> askedOfTheNetwork() {
        return network.requests();
    }

    /** The files of the local Maven repository. */
    List<String> localRepository() throws IOException {
        try (Stream<Path> files = Files.walk(user)) {
            return files.filter(Files::isRegularFile).map(file -> user.relativize(file).toString())
                    .filter(file -> !file.endsWith("settings.xml")).toList();
        }
    }

    private record Result(int status, String output) {
    }

    /** Tries to connect until it can. Its input stays open, for at the end of its input the client ends its session. */
    private Result client(String name, String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home.getParent(), "client", ".out");
        String program = home.resolve("bin/client").toString();
        ProcessBuilder client = new ProcessBuilder(program, "-u", name, "-p", name, "-r", "100", command)
                .redirectErrorStream(true).redirectOutput(output.toFile());
        environment(client);
        return new Result(end(client.start()), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static void run(Path directory, String... words) throws IOException, InterruptedException {
        Path output = Files.createTempFile("fresh-karaf", ".out");
        int status = end(new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start());
        String said = Files.readString(output);
        Files.delete(output);
        if (status != 0) {
            throw new AssertionError("exit status " + status + " of " + String.join(" ", words) + "\n" + said);
        }
    }

    private static int end(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            destroy(process);
            throw new AssertionError("a process is not at its end after " + SECONDS + " s");
        }
        return process.exitValue();
    }

    private static Map<String, String> environment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_") || name.endsWith("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.environment();
    }

    private static void destroy(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    @Override
    public void close() {
        destroy(process);
        try (Stream<Path> files = Files.walk(home.getParent())) {
            network.close();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
