package org.switchboard.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/usr/sbin/in.ftpd in.ftpd -l            | /usr/sbin/in.ftpd",
        "/usr/sbin/tcpd /usr/sbin/in.fingerd     | /usr/sbin/in.fingerd (tcpd)",
        "/usr/libexec/tcpd in.fingerd -w         | in.fingerd (tcpd)",
        "/usr/sbin/tcpd tcpd                     | /usr/sbin/tcpd",
        "/usr/sbin/tcpd                          | /usr/sbin/tcpd",
        "/usr/bin/env env                        | /usr/bin/env",
        "/usr/bin/env env TZ=UTC /bin/date -u    | /bin/date (env)",
        "/usr/bin/env env -u TZ date             | /usr/bin/env",
        "/usr/bin/stdbuf stdbuf -oL -e0 cat      | cat (stdbuf)",
        "/usr/bin/stdbuf stdbuf -o L cat         | /usr/bin/stdbuf",
        "/bin/busybox busybox ftpd -w /srv       | ftpd (busybox)",
        "/bin/busybox ftpd -w                    | ftpd (busybox)",
        "/usr/bin/python3 tcpd x                 | /usr/bin/python3"})
    void namesTheProgramBehindOneThatStartsIt(String line, String shown) {
        assertThat(Program.servedBy("exec", List.of(line.trim().split(" ")))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"exec /bin/cat -n | /bin/cat (sh)", "date | date (sh)",
        "date; cat | /bin/sh", "X=1 date | /bin/sh", "cd /srv && ./serve | /bin/sh", "$PROGRAM | /bin/sh"})
    void namesTheProgramOfAPlainScriptOnly(String script, String shown) {
        assertThat(Program.servedBy("exec", List.of("/bin/sh", "sh", "-c", script))).isEqualTo(shown);
    }

    @Test
    void namesTheProviderOfAnotherEntry() {
        assertThat(Program.servedBy("echo", List.of("tcpd", "x"))).isEqualTo("echo");
    }
}
