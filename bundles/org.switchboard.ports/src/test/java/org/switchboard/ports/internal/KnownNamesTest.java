package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Protocol.Transport;

class KnownNamesTest {

    private final KnownNames names = new KnownNames("""
            # a comment
            echo\t\t4/ddp
            echo\t\t7/tcp
            echo            7/udp
            auth            113/tcp         authentication tap ident   # RFC 1413
            ident           1130/tcp
            late            7/tcp
            broken          x/tcp
            broken          /tcp
            broken
            toolarge        65536/tcp
            dup             1000/tcp
            dup             1001/tcp
            """);

    private int port(String name, Transport transport) {
        return names.named(name, transport).map(NamedPort::port).orElse(-1);
    }

    @Test
    void aNameHasAPortPerTransport() {
        assertThat(port("echo", Transport.TCP)).isEqualTo(7);
        assertThat(port("echo", Transport.UDP)).isEqualTo(7);
        assertThat(port("auth", Transport.UDP)).isEqualTo(-1);
        assertThat(port("echo", Transport.UNIX)).isEqualTo(-1);
    }

    @Test
    void theFirstLineThatMatchesByNameOrAliasWins() {
        assertThat(port("ident", Transport.TCP)).isEqualTo(113);
        assertThat(port("dup", Transport.TCP)).isEqualTo(1000);
        assertThat(names.numbered(7, Transport.TCP).orElseThrow().name()).isEqualTo("echo");
    }

    @Test
    void anAliasLeadsToTheOfficialName() {
        assertThat(names.named("tap", Transport.TCP).orElseThrow().name()).isEqualTo("auth");
    }

    @Test
    void caseMattersAndCommentsAndBrokenLinesDoNotCount() {
        assertThat(port("Echo", Transport.TCP)).isEqualTo(-1);
        assertThat(port("RFC", Transport.TCP)).isEqualTo(-1);
        assertThat(port("broken", Transport.TCP)).isEqualTo(-1);
        assertThat(port("toolarge", Transport.TCP)).isEqualTo(-1);
    }
}
