package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.log.LogLevel;

class InetdWordsTest {

    private static String translated(String dialect, String text) {
        Record record = new InetdWords(dialect).translated(new Record(Instant.EPOCH, LogLevel.DEBUG, "Dispatcher", List.of(text)));
        assertThat(record.logger()).isEmpty();
        return record.level() + " " + String.join("\n", record.lines());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "/etc/inetd.conf:3: warning: 'echo/tcp' does not run: port 7/tcp is in use by xinetd (pid 8) | ERROR echo/tcp: bind: Address already in use",
        "/a b/inetd.conf:3: warning: '7/udp@::1' does not run: port 7/udp is in use | ERROR 7/udp: bind: Address already in use",
        "echo/tcp@127.0.0.1: held: port 7/tcp is in use by xinetd (pid 8) | ERROR echo/tcp: bind: Address already in use",
        "/etc/inetd.conf:3: error: 'echo/tcp' does not run: bind 0.0.0.0:7: Permission denied | ERROR echo/tcp: bind: Permission denied",
        "/etc/inetd.conf:3: error: 'x/tcp' does not run: unknown service 'x' for tcp | ERROR x/tcp: unknown service",
        "tftp/udp#3: exec /sbin/x: No such file or directory; connection closed | ERROR execv /sbin/x: No such file or directory",
        "/usr/sbin/in.tftpd: exit status 1 | WARN /usr/sbin/in.tftpd: exit status 1",
        "cannot accept on 0.0.0.0:7: Too many open files; trying again | WARN accept (for 0.0.0.0:7): Too many open files",
        "/etc/inetd.conf: error: the file does not exist; keeping its previous entries | ERROR /etc/inetd.conf: No such file or directory",
        "START ftp/tcp#42 from=192.0.2.7:4711 | INFO ftp from 192.0.2.7",
        "START ftp/tcp6@::1#42 from=::1:4711 | INFO ftp from ::1"})
    void whatTheFamilyAgreesOn(String ours, String theirs) {
        assertThat(translated("debian", ours)).isEqualTo(theirs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "debian  | ftp/tcp server failing (looping), service terminated for 10 min",
        "netkit  | ftp/tcp server failing (looping or being flooded), service terminated for 10 min",
        "gnu     | ftp/tcp server failing (looping), service terminated",
        "busybox | ftp/tcp: too many connections, pausing",
        "netbsd  | ftp/tcp: max spawn rate (40 in 60 seconds) already met; closing for 600 seconds"})
    void floodedServiceIsSaidAsTheDialectSaysIt(String dialect, String theirs) {
        assertThat(translated(dialect, "ftp/tcp: suspended until 2026-11-24T10:00:00Z: more than 40 starts in 60 seconds (service_max)"))
                .isEqualTo("ERROR " + theirs);
        assertThat(translated(dialect,
                "ftp/tcp: suspended until 2026-11-24T10:00:00Z: its program ended 40 times in a row without"
                + " taking what waits")).isEqualTo("ERROR " + theirs);
    }

    @Test
    void aLineThatStandsForSeveralIsSaidAsOne() {
        assertThat(translated("gnu", "/bin/cat: exit signal 13 (and 737 more before)"))
                .isEqualTo(translated("gnu", "/bin/cat: exit signal 13"));
    }

    @Test
    void protocolIsWhatTheDialectCallsIt() {
        String taken = "ftp/tcp4@127.0.0.1: held: port 21/tcp is in use";
        assertThat(translated("gnu", taken)).isEqualTo("ERROR ftp/tcp: bind: Address already in use");
        assertThat(translated("debian", taken)).isEqualTo("ERROR ftp/tcp4: bind: Address already in use");
    }

    @Test
    void gnuSaysTheStatusAsTheKernelDoes() {
        assertThat(translated("gnu", "/sbin/x: exit status 1")).isEqualTo("WARN /sbin/x: exit status 0x100");
        assertThat(translated("gnu", "/sbin/x: exit signal 9")).isEqualTo("WARN /sbin/x: exit status 0x9");
    }

    @Test
    void freeBsdGoesOnWithoutItsFile() {
        assertThat(translated("freebsd", "/etc/inetd.conf: error: the file does not exist"))
                .isEqualTo("ERROR Accessing /etc/inetd.conf: No such file or directory, continuing anyway.");
    }

    @Test
    void netkitIsOnlineAndReady() {
        assertThat(translated("netkit", "files: opened=4 kept=0 updated=0 closed=0 failed=1"))
                .isEqualTo("INFO Online and ready (4 sockets)");
    }

    @Test
    void whatIsNotInTheTableStaysAsItIs() {
        assertThat(translated("debian", "files: opened=4 kept=0 updated=0 closed=0 failed=0"))
                .isEqualTo("DEBUG files: opened=4 kept=0 updated=0 closed=0 failed=0");
    }
}
