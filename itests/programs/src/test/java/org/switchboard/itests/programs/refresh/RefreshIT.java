package org.switchboard.itests.programs.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.AskingClients;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.CompiledBundle;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** After a refresh everything runs that ran before. */
class RefreshIT {

    private static final String DISPATCHER = "org.switchboard.dispatcher";
    private static final String ECHO = "org.switchboard.provider.echo";
    private static final Map<String, Integer> PORTS = new LinkedHashMap<>();
    private static final int OPERATOR = FreePorts.next();
    private static RunningServer server;
    private static String states;

    @BeforeAll
    static void start() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String service : List.of("echo", "discard", "chargen", "daytime", "time", "tcpmux", "ident", "/bin/cat cat")) {
            PORTS.put(service, FreePorts.next());
            lines.add("127.0.0.1:" + PORTS.get(service) + " stream tcp nowait - " + (service.startsWith("/") ? "" : "internal ")
                    + service);
        }
        lines.add("tcpmux/+cat stream tcp nowait - /bin/cat cat");
        server = RunningServer.start(lines.toArray(String[]::new));
        try (Workspace files = Workspace.create()) {
            Path jar = CompiledBundle.activator(files, "org.example.operator", "Operator",
                    CompiledBundle.text("/refresh/Operator.java.txt").replace("@PORT@", Integer.toString(OPERATOR)));
            Files.move(jar, server.workspace().resolve("state/deploy/operator.jar"));
        }
        await("states");
        states = operate("states");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void everythingRunsAgainAfterARefreshOfAnyBundle() throws Exception {
        String[] asked = {"echo", "/bin/cat cat", "tcpmux"};
        try (AskingClients clients = AskingClients.of(RefreshIT::wrongAnswer, PORTS, asked)) {
            for (String bundle : running()) {
                assertThat(operate("refresh " + bundle)).isEqualTo("done\n");
                assertEverythingRuns("refresh of " + bundle);
            }
            assertThat(clients.complaints()).as("log:%n%s", server.log()).isEmpty();
        }
    }

    /** Neither the provider nor the dispatcher, nor what they are made of. */
    @Test
    void aClientOfTcpmuxThatHasNotNamedItsServiceYetIsServedAfterARefresh() throws Exception {
        for (String bundle : List.of("org.switchboard.provider.tcpmux", DISPATCHER, "org.switchboard.posix")) {
            try (Socket client = Client.connect(PORTS.get("tcpmux"))) {
                awaitSession(PORTS.get("tcpmux"));
                assertThat(operate("refresh " + bundle)).isEqualTo("done\n");
                assertThat(Client.talk(client, "cat\r\nhello")).as("%s; log:%n%s", bundle, server.log()).isEqualTo("+Go\r\nhello");
            }
        }
    }

    private static void awaitSession(int port) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!server.ask("sessions").output().contains(port + "/tcp@127.0.0.1")) {
            assertThat(System.nanoTime() - end).as("a session; log:%n%s", server.log()).isNegative();
        }
    }

    /** Of each kind one: a lazy one with clients and without, one that others import, one that holds ports. */
    @Test
    void everythingRunsAgainAfterAnUpdateOfOurBundles() throws Exception {
        for (String name : List.of("api", "posix", "dispatcher", "config", "refresh", "access", "provider.echo", "provider.exec")) {
            String bundle = "org.switchboard." + name;
            assertThat(operate("update " + bundle)).isEqualTo("done\n");
            assertEverythingRuns("update of " + bundle);
        }
    }

    @Test
    void whatTheOperatorStoppedStaysStopped() throws Exception {
        operate("stop " + ECHO);
        try {
            operate("refresh org.switchboard.api");
            awaitStates("refresh of the api", states.replace(ECHO + " runs", ECHO + " does not run: 2"));
        } finally {
            operate("start " + ECHO);
        }
        assertEverythingRuns("start of the provider");
    }

    @Test
    void portsThatNoDispatcherComesForAreClosedInTheEnd() throws Exception {
        operate("stop " + DISPATCHER);
        try {
            assertThat(operate("refresh org.switchboard.posix")).isEqualTo("done\n");
            for (int port : PORTS.values()) {
                awaitClosed(port);
            }
        } finally {
            operate("start " + DISPATCHER);
        }
        assertEverythingRuns("start of the dispatcher");
    }

    private static void awaitClosed(int port) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (Client.isOpen(port)) {
            assertThat(System.nanoTime() - end).as("port %d closes; log:%n%s", port, server.log()).isNegative();
        }
    }

    @Test
    void aStopSaysWhichSessionItWaitsForUntilThatIsEnded() throws Exception {
        int echo = PORTS.get("echo");
        try (Socket client = Client.connect(echo); StopCommand stop = StopCommand.of(server, client, ECHO)) {
            String number = stop.awaitSession(echo);
            assertThat(server.ask("end", "--kill", number).orFail()).isEqualTo("1 session killed\n");
            assertThat(stop.exitStatus()).isZero();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } finally {
            operate("start " + ECHO);
        }
        assertEverythingRuns("start of the provider");
    }

    @Test
    void aStopThatIsInterruptedEndsTheSessionsAtOnce() throws Exception {
        int echo = PORTS.get("echo");
        try (Socket client = Client.connect(echo); StopCommand stop = StopCommand.of(server, client, DISPATCHER)) {
            stop.awaitSession(echo);
            stop.interrupt();
            server.awaitLog("the stop of the dispatcher: the wait was interrupted");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            awaitStates("the interrupted stop", states.replace(DISPATCHER + " runs", DISPATCHER + " does not run: 4"));
        } finally {
            operate("start " + DISPATCHER);
        }
        assertEverythingRuns("start of the dispatcher");
    }

    private static List<String> running() {
        return states.lines().filter(line -> line.endsWith(" runs")).map(line -> line.split(" ")[0])
                .filter(name -> !name.equals("org.apache.felix.framework") && !name.equals("org.example.operator")).toList();
    }

    private static void assertEverythingRuns(String after) throws Exception {
        awaitStates(after, states);
        for (Map.Entry<String, Integer> port : PORTS.entrySet()) {
            assertThat(wrongAnswer(port.getKey(), port.getValue())).as("%s after the %s; log:%n%s", port.getKey(), after, server.log())
                    .isEmpty();
        }
    }

    private static void awaitStates(String after, String wanted) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        String now = operate("states");
        while (!now.equals(wanted)) {
            assertThat(System.nanoTime() - end).as("%s; log:%n%s", after, server.log()).withFailMessage(now).isNegative();
            now = operate("states");
        }
    }

    /** What a service answers that is not right. */
    private static Optional<String> wrongAnswer(String service, int port) throws IOException {
        String answer = switch (service) {
            case "chargen" -> firstLine(port);
            case "tcpmux" -> Client.talk(port, "cat\r\nhello");
            case "ident" -> Client.talk(port, "1 , 1\r\n");
            case "daytime", "time" -> Client.talk(port, "");
            default -> Client.talk(port, "hello");
        };
        return isRight(service, answer) ? Optional.empty() : Optional.of(answer);
    }

    private static boolean isRight(String service, String answer) {
        return switch (service) {
            case "discard" -> answer.isEmpty();
            case "chargen" -> answer.length() > 70;
            case "daytime" -> answer.endsWith("\r\n");
            case "time" -> answer.length() == 4;
            case "tcpmux" -> answer.equals("+Go\r\nhello");
            case "ident" -> answer.contains("ERROR");
            default -> answer.equals("hello");
        };
    }

    private static String firstLine(int port) throws IOException {
        try (Socket client = Client.connect(port)) {
            return Client.readLine(client);
        }
    }

    private static String operate(String words) throws IOException {
        return Client.talk(OPERATOR, words + "\n");
    }

    private static void await(String words) throws IOException {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!Client.isOpen(OPERATOR)) {
            assertThat(System.nanoTime() - end).as("the operator; log:%n%s", server.log()).isNegative();
        }
        operate(words);
    }
}
