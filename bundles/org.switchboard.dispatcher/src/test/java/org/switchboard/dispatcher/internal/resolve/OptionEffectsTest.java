package org.switchboard.dispatcher.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.testkit.Entries;

/** Which of the server's own options has an effect for which kind of entry; who serves makes no difference. */
class OptionEffectsTest {

    private static ServiceEntry entry(String kind, String option) {
        boolean unix = kind.contains("unix");
        boolean datagrams = kind.contains("dgram");
        Protocol protocol = unix ? Protocol.UNIX : datagrams ? Protocol.UDP : Protocol.TCP;
        Map<String, String> options = new HashMap<>(Map.of(option, "1"));
        if (kind.contains("mux")) {
            options.put("mux", "plus");
        }
        if (kind.contains("rpc")) {
            options.put("rpc_program", "rstatd");
        }
        return Entries.entry(unix ? "/run/x" : "x", protocol).socketType(datagrams ? SocketType.DGRAM
                : SocketType.STREAM)
                .address(kind.contains("address") ? "127.0.0.1" : "").provider("echo", List.of()).options(options)
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind         | listen | backlog | sndbuf | rcvbuf | socket_user | socket_group | socket_mode | addresses
            stream         | yes    | yes     | yes    | yes    | no          | no           | no          | no
            stream address | no     | yes     | yes    | yes    | no          | no           | no          | yes
            stream unix    | no     | yes     | no     | no     | yes         | yes          | yes         | no
            stream mux     | no     | no      | no     | no     | no          | no           | no          | no
            stream rpc     | yes    | yes     | yes    | yes    | no          | no           | no          | no
            dgram          | yes    | no      | yes    | yes    | no          | no           | no          | no
            dgram unix     | no     | no      | yes    | no     | yes         | yes          | yes         | no
            dgram rpc      | yes    | no      | yes    | yes    | no          | no           | no          | no
            """)
    void anOptionHasAnEffectWhereThereIsSuchASocket(String kind, String listen, String backlog, String sndbuf,
            String rcvbuf, String user, String group, String mode, String addresses) {
        Map<String, String> expected = Map.of("listen", listen, "backlog", backlog, "sndbuf", sndbuf, "rcvbuf", rcvbuf,
                "socket_user", user, "socket_group", group, "socket_mode", mode,
                "addresses", addresses);

        expected.forEach((option, effect) -> assertThat(OptionEffects.none(option, entry(kind, option)).isEmpty()
                ? "yes" : "no")
                .as("%s for %s", option, kind).isEqualTo(effect));
    }
}
