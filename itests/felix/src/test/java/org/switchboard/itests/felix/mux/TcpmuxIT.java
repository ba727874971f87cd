package org.switchboard.itests.felix.mux;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;
import org.switchboard.itests.felix.Needs;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TcpmuxIT {

    private static final Origin ORIGIN = new Origin("test", 1);
    private static final String NOT_AVAILABLE = "-Service not available\r\n";

    @Inject
    private ServiceTable table;
    @Inject
    private SuperServer server;

    private final List<ServiceEntry> entries = new ArrayList<>();
    private int port;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Before
    public void listen() throws IOException {
        port = Loopback.freePort();
        entries.add(ServiceEntry.builder(Integer.toString(port), Protocol.TCP4, ORIGIN).address("127.0.0.1").port(port)
                .provider("tcpmux", List.of()).build());
    }

    @After
    public void close() {
        table.publish("mux", List.of());
    }

    private static ServiceEntry.Builder mux(String name, Map<String, String> options) {
        return ServiceEntry.builder("tcpmux/" + name, Protocol.TCP4, ORIGIN).options(options);
    }

    private ReloadReport publish(ServiceEntry.Builder... more) {
        for (ServiceEntry.Builder each : more) {
            entries.add(each.build());
        }
        return table.publish("mux", entries);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    @Test
    public void whatFollowsTheNameAtOnceReachesTheProgram() throws Exception {
        publish(mux("cat", Map.of("mux", "plain")).program("/bin/cat", List.of("cat")));

        assertEquals("first\nsecond", Loopback.talk(port, "cat\r\nfirst\nsecond"));
        assertEquals("\nfirst", Loopback.talk(port, "CAT\n\nfirst"));
    }

    @Test
    public void aNameMayComeInPieces() throws Exception {
        publish(mux("cat", Map.of("mux", "plus")).program("/bin/cat", List.of("cat")));

        try (Socket client = Loopback.connect(port)) {
            client.setTcpNoDelay(true);
            for (String piece : List.of("c", "at", "\r", "\n")) {
                send(client, piece);
            }
            assertEquals("+Go\r\n", read(client, 5));
            send(client, "\nhello");
            assertEquals("\nhello", read(client, 6));
        }
    }

    @Test
    public void aProviderInsideTheServerGetsTheConnectionToo() throws Exception {
        publish(mux("mirror", Map.of("mux", "plus")).provider("echo", List.of()),
                mux("date", Map.of("mux", "plain")).provider("daytime", List.of()));

        assertEquals("+Go\r\nhello", Loopback.talk(port, "mirror\r\nhello"));
        assertTrue(Loopback.talk(port, "date\r\n").matches("[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] .* 20\\d\\d\r\n"));
        Loopback.await("both sessions are over", () -> server.sessions().isEmpty());
        assertEquals(1, server.service("tcpmux/mirror").starts);
        assertEquals(2, server.service(Integer.toString(port)).starts);
    }

    @Test
    public void unknownNamesAreTurnedDownAndHelpListsTheOthers() throws Exception {
        publish(mux("mirror", Map.of("mux", "plus")).provider("echo", List.of()),
                mux("date", Map.of("mux", "plain")).provider("daytime", List.of()),
                mux("away", Map.of("mux", "plain")).provider("nobody-provides-this", List.of()));

        assertEquals(NOT_AVAILABLE, Loopback.talk(port, "mirro\r\n"));
        assertEquals(NOT_AVAILABLE, Loopback.talk(port, "\r\n"));
        assertEquals(NOT_AVAILABLE, Loopback.talk(port, "away\r\n"));
        assertEquals(NOT_AVAILABLE, Loopback.talk(port, "x".repeat(100_000)));
        assertEquals("date\r\nmirror\r\n", Loopback.talk(port, "help\r\n"));
    }

    @Test
    public void theTargetsOwnLimitsCount() throws Exception {
        publish(mux("mirror", Map.of("mux", "plus", "service_max", "1")).provider("echo", List.of()));

        assertEquals("+Go\r\nhello", Loopback.talk(port, "mirror\r\nhello"));
        assertEquals("", Loopback.talk(port, "mirror\r\n"));
        Loopback.await("it is suspended", () -> server.service("tcpmux/mirror").state == EntryState.SUSPENDED);
        assertEquals(NOT_AVAILABLE, Loopback.talk(port, "mirror\r\nhello"));
        server.resume("tcpmux/mirror");
        Loopback.await("it is back", () -> server.service("tcpmux/mirror").state == EntryState.LISTENING);
        assertEquals("+Go\r\nhello", Loopback.talk(port, "mirror\r\nhello"));
    }

    @Test
    public void whoFindsTheTargetFullWaits() throws Exception {
        publish(mux("mirror", Map.of("mux", "plus", "instances", "1")).provider("echo", List.of()));

        try (Socket first = Loopback.connect(port); Socket second = Loopback.connect(port)) {
            send(first, "mirror\r\n");
            assertEquals("+Go\r\n", read(first, 5));
            send(second, "mirror\r\nhello");
            Loopback.await("the second was handed on", () -> server.sessions().size() == 1);
            first.shutdownOutput();
            assertEquals("+Go\r\nhello", read(second, 10));
        }
    }

    @Test
    public void theTargetRunsAsItsOwnUser() throws Exception {
        Needs.root("TcpmuxIT.theTargetRunsAsItsOwnUser", "a program is to run as nobody");
        publish(mux("whoami", Map.of("mux", "plain")).identity(new Identity("nobody", Optional.empty()))
                .program("/usr/bin/id", List.of("id", "-un")));

        assertEquals("nobody\n", Loopback.talk(port, "whoami\r\n"));
    }

    @Test
    public void theStateSaysHowItIsReached() throws Exception {
        publish(mux("mirror", Map.of("mux", "plus")).provider("echo", List.of()));
        ServiceDTO mirror = server.service("tcpmux/mirror");
        assertEquals(EntryState.LISTENING, mirror.state);
        assertEquals("reached through tcpmux", mirror.reason);
        assertTrue(mirror.listeners.isEmpty());

        entries.remove(0);
        assertEquals(List.of("test:1: warning: 'tcpmux/mirror/tcp4' cannot be reached: no entry is served by 'tcpmux'"),
                publish().findings().stream().map(Object::toString).toList());
    }

    @Test
    public void anEntryThatCannotBeReachedThatWaySaysWhy() throws Exception {
        publish(mux("odd", Map.of("mux", "sometimes")).provider("echo", List.of()),
                mux("mux", Map.of("mux", "plain")).provider("tcpmux", List.of()));

        assertEquals("option 'mux' must be plain or plus, not 'sometimes'", server.service("tcpmux/odd").reason);
        assertEquals("tcpmux cannot be reached through itself", server.service("tcpmux/mux").reason);
        assertEquals(NOT_AVAILABLE, Loopback.talk(port, "odd\r\n"));
    }
}
