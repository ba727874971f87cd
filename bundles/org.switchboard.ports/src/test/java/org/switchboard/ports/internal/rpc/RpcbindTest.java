package org.switchboard.ports.internal.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchboard.api.ports.RpcService;

/** Against one that speaks the protocol and keeps what it is told as the real one does. */
class RpcbindTest {

    private static final RpcService RUSERSD = new RpcService(100_002, 2, 3, Map.of("udp", new InetSocketAddress("0.0.0.0", 1034),
            "udp6", new InetSocketAddress("::", 1035)));

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> registered = Collections.synchronizedMap(new TreeMap<>());
    private volatile boolean silent;
    private volatile String othersOwn = "nothing";
    private Path folder;
    private Path socket;
    private ServerSocketChannel server;
    private Rpcbind rpcbind;

    @BeforeEach
    void listen() throws Exception {
        // Not below the folder of the build, whose path may be longer than that of a socket may be.
        folder = Files.createTempDirectory("rpcbind");
        socket = folder.resolve("sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "rpcbind of a test");
        thread.setDaemon(true);
        thread.start();
        rpcbind = new Rpcbind(new RpcNames(folder.resolve("rpc")), socket);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                DataInputStream in = new DataInputStream(Channels.newInputStream(client));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client));
                while (true) {
                    answer(in, out);
                }
            } catch (IOException over) {
                // The client has closed the connection, or the test is over.
                continue;
            }
        }
    }

    private void answer(DataInputStream in, DataOutputStream out) throws IOException {
        assertThat(in.readInt()).isNegative();
        int number = in.readInt();
        for (int expected : new int[] {0, 2, 100_000, 4}) {
            assertThat(in.readInt()).isEqualTo(expected);
        }
        int procedure = in.readInt();
        in.readNBytes(16);
        String key = in.readInt() + "/" + in.readInt() + "/" + text(in);
        boolean done = procedure == 1 ? set(key, text(in)) : unset(key, text(in));
        text(in);
        if (silent) {
            return;
        }
        // In two fragments, as a record may come.
        for (int word : new int[] {8, number, 1, 1 << 31 | 20, 0, 0, 0, 0, done ? 1 : 0}) {
            out.writeInt(word);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        String text = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        in.readNBytes(-length & 3);
        return text;
    }

    private boolean set(String key, String address) {
        calls.add("set " + key + " " + address);
        return registered.computeIfAbsent(key, absent -> address).equals(address);
    }

    private boolean unset(String key, String address) {
        calls.add("unset " + key + address);
        return !key.equals(othersOwn) && registered.remove(key) != null;
    }

    @Test
    void everyVersionIsRegisteredForEveryTransport() throws Exception {
        rpcbind.register(RUSERSD);

        assertThat(registered).containsOnly(Map.entry("100002/2/udp", "0.0.0.0.4.10"), Map.entry("100002/3/udp", "0.0.0.0.4.10"),
                Map.entry("100002/2/udp6", "::.4.11"), Map.entry("100002/3/udp6", "::.4.11"));
    }

    @Test
    void registeringAgainLeavesEverythingAsItIs() throws Exception {
        rpcbind.register(RUSERSD);
        calls.clear();
        rpcbind.register(RUSERSD);

        assertThat(calls).hasSize(4).allMatch(call -> call.startsWith("set "));
    }

    @Test
    void whatSomebodyElseSaidIsReplaced() throws Exception {
        registered.put("100002/3/udp", "0.0.0.0.9.9");
        rpcbind.register(RUSERSD);

        assertThat(registered).containsEntry("100002/3/udp", "0.0.0.0.4.10");
    }

    @Test
    void whatMayNotBeReplacedIsNamed() {
        othersOwn = "100002/3/udp";
        registered.put(othersOwn, "0.0.0.0.9.9");

        assertThatThrownBy(() -> rpcbind.register(RUSERSD)).isInstanceOf(IOException.class)
                .hasMessage("rpcbind refuses program 100002 version 3 for udp: another user has registered it");
    }

    @Test
    void unregisteringForgetsAllOfItAndNothingElse() throws Exception {
        rpcbind.register(RUSERSD);
        registered.put("100002/1/udp", "0.0.0.0.9.9");
        registered.put("100002/2/tcp", "0.0.0.0.9.9");
        rpcbind.unregister(RUSERSD);

        assertThat(registered).containsOnlyKeys("100002/1/udp", "100002/2/tcp");
        assertThatCode(() -> rpcbind.unregister(RUSERSD)).doesNotThrowAnyException();
    }

    @Test
    void oneThatDoesNotAnswerIsNotWaitedForLong() {
        silent = true;

        assertThatThrownBy(() -> rpcbind.register(RUSERSD)).hasMessage("rpcbind does not answer");
    }

    @Test
    void oneThatIsNotRunningIsSaidToBeSo() throws Exception {
        Rpcbind absent = new Rpcbind(new RpcNames(folder.resolve("rpc")), folder.resolve("nothing"));

        assertThatThrownBy(() -> absent.register(RUSERSD))
                .hasMessage("rpcbind is not running (there is no " + folder.resolve("nothing") + ")");
    }

    @Test
    void numbersOfProgramsAreKnown() {
        assertThat(rpcbind.program("100002")).hasValue(100_002);
        assertThat(new Rpcbind().program("no such program")).isEmpty();
    }
}
