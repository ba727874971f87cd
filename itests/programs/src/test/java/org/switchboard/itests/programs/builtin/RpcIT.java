package org.switchboard.itests.programs.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Lines;
import org.switchboard.itests.programs.RunningServer;

/** A real rpcbind, in a network of its own and with a /run of its own, so that nobody else's is touched. */
class RpcIT {

    private static final List<String> APART = List.of("unshare", "--net", "--mount", "/bin/sh", "-c",
            "ip link set lo up && mount -t tmpfs tmpfs /run && exec \"$@\"", "sh");
    private static final String RUSERSD = "rusersd/2-3 dgram rpc/udp wait root /bin/cat cat";
    private static final String NUMBERED = "300019/1 stream rpc/tcp4 nowait root /bin/cat cat";

    private static String rpcbind;

    @BeforeAll
    static void canBeApart() throws Exception {
        Needs.root("rpcbind needs a network of its own");
        rpcbind = Needs.program("rpcbind", "rpcbind");
        Needs.program("ip", "iproute2");
        Needs.installed(Files.exists(Path.of("/etc/rpc")), "no /etc/rpc on this machine", "netbase");
        Command.Result apart = Command.run("unshare", "--net", "--mount", "/bin/sh", "-c",
                "ip link set lo up && mount -t tmpfs tmpfs /run");
        Needs.that(apart.status() == 0, "no network of its own can be made here: " + apart.output().strip());
    }

    private static List<String> inside(RunningServer server) {
        return List.of("nsenter", "--target", Long.toString(server.process().pid()), "--net", "--mount");
    }

    /** Starts rpcbind where that server is, and waits until it answers. */
    private static Process startRpcbind(RunningServer server) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(inside(server));
        words.addAll(List.of(rpcbind, "-f"));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        Lines output = Lines.of(process.getInputStream(), "rpcbind");
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!registered(server).contains("portmapper")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError("rpcbind does not answer: " + output);
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    /** What {@code rpcinfo -p} prints. */
    private static String registered(RunningServer server) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(inside(server));
        words.addAll(List.of("rpcinfo", "-p", "127.0.0.1"));
        return Command.run(Path.of("/"), words.toArray(String[]::new)).output();
    }

    private static void awaitRegistered(RunningServer server, String regex) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        String said = registered(server);
        while (!said.matches("(?s).*" + regex + ".*")) {
            assertThat(System.nanoTime()).as("%s not in%n%s%nlog:%n%s", regex, said, server.log()).isLessThan(end);
            said = registered(server);
        }
    }

    @Test
    void everyVersionIsRegisteredAsSoonAsThereIsAnRpcbindAndUnregisteredWithTheEntry() throws Exception {
        try (RunningServer server = RunningServer.startUnder(APART, List.of(), RUSERSD, NUMBERED)) {
            server.awaitListed("rusersd/2-3/udp", "rpcbind is not running \\(there is no /run/rpcbind.sock\\)");
            Process process = startRpcbind(server);
            try {
                awaitRegistered(server, "100002 +2 +udp +\\d+");
                awaitRegistered(server, "100002 +3 +udp +\\d+");
                awaitRegistered(server, "300019 +1 +tcp +\\d+");
                server.awaitListed("rusersd/2-3/udp", "listening|idle");
                String port = registered(server).replaceFirst("(?s).*300019 +1 +tcp +(\\d+).*", "$1");
                assertThat(server.ask("show", "300019/1").orFail()).contains("0.0.0.0:" + port);

                server.reload(NUMBERED);
                assertThat(registered(server)).doesNotContain("100002").contains("300019");
                assertThat(server.terminate()).as("log:%n%s", server.log()).isZero();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void nothingStaysRegisteredWhenTheServerEnds() throws Exception {
        try (RunningServer keeper = RunningServer.startUnder(APART, List.of());
                RunningServer server = RunningServer.startUnder(inside(keeper), List.of(), NUMBERED)) {
            Process process = startRpcbind(keeper);
            try {
                awaitRegistered(keeper, "300019 +1 +tcp +\\d+");
                server.terminate();
                assertThat(registered(keeper)).contains("portmapper").doesNotContain("300019");
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void anRpcbindThatWasRestartedIsToldAgain() throws Exception {
        try (RunningServer server = RunningServer.startUnder(APART, List.of(), NUMBERED)) {
            Process first = startRpcbind(server);
            awaitRegistered(server, "300019 +1 +tcp +\\d+");
            first.destroyForcibly().waitFor();
            Process second = startRpcbind(server);
            try {
                server.ask("resume", "300019/1").orFail();
                awaitRegistered(server, "300019 +1 +tcp +\\d+");
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void anUnknownProgramIsNamed() throws Exception {
        try (RunningServer server = RunningServer.startUnder(APART, List.of(), "nosuchd/1 dgram rpc/udp wait root /bin/cat cat")) {
            assertThat(server.listed("nosuchd/1/udp")).contains("failed").contains("unknown rpc service 'nosuchd'");
        }
    }
}
