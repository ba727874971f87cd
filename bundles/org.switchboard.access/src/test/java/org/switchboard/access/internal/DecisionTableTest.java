package org.switchboard.access.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Debian's tcpdmatch 7.6.q says, with {@code ALL: ALL} in hosts.deny. */
class DecisionTableTest {

    @TempDir
    private Path folder;
    private Court court;

    @BeforeEach
    void setUp() {
        court = new Court(folder).deny("ALL: ALL\n").name("192.0.2.10", "mother.example").name("192.0.2.11", "tools")
                .falseName("192.0.2.12", "liar.example");
    }

    /** The line, the daemon, the client, the decision. A backquote stands for a comma, $ for a newline within. */
    @ParameterizedTest(name = "{0} | {1} {2}: {3}")
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, value = {
        "in.a: 10.0.0.0/8 # trailing comment ; in.a ; 10.0.0.1 ; granted",
        "in.b: 10.0.0.0/255.0.0.0 ; IN.B ; 10.255.0.1 ; granted",
        "in.b: 10.0.0.0/255.0.0.0 ; IN.B ; 11.0.0.1 ; denied",
        "in.c: 10.1. EXCEPT 10.1.2. EXCEPT 10.1.2.3 ; in.c ; 10.1.9.9 ; granted",
        "in.c: 10.1. EXCEPT 10.1.2. EXCEPT 10.1.2.3 ; in.c ; 10.1.2.9 ; denied",
        "in.c: 10.1. EXCEPT 10.1.2. EXCEPT 10.1.2.3 ; in.c ; 10.1.2.3 ; granted",
        "in.e: [fd00::]/16, [::1] ; in.e ; fd00::5 ; granted",
        "in.e: [fd00::]/16, [::1] ; in.e ; ::1 ; granted",
        "in.e: [fd00::]/16, [::1] ; in.e ; fe80::1 ; denied",
        "in.ab: fd00::1 ; in.ab ; fd00::1 ; denied",
        "in.ac: [fd00::1] ; in.ac ; fd00::1 ; granted",
        "in.f: KNOWN ; in.f ; 10.0.0.1 ; denied",
        "in.f: KNOWN ; in.f ; 127.0.0.1 ; granted",
        "in.g: 10.0.0.1: DENY$in.g: 10.0.0.1: ALLOW ; in.g ; 10.0.0.1 ; denied",
        "in.h: 10.0.0.1: allow: spawn x ; in.h ; 10.0.0.1 ; denied",
        "in.j: 10.0.0.?, 10.*.9.9 ; in.j ; 10.0.0.7 ; granted",
        "in.j: 10.0.0.?, 10.*.9.9 ; in.j ; 10.4.9.9 ; granted",
        "in.j: 10.0.0.?, 10.*.9.9 ; in.j ; 10.0.0.77 ; denied",
        "in.k in.l, in.m : joe@10.0.0.1 ALL@10.0.0.2 ; in.l ; joe@10.0.0.1 ; granted",
        "in.k in.l, in.m : joe@10.0.0.1 ALL@10.0.0.2 ; in.l ; 10.0.0.1 ; denied",
        "in.k in.l, in.m : joe@10.0.0.1 ALL@10.0.0.2 ; in.m ; 10.0.0.2 ; granted",
        "ALL EXCEPT in.o : 10.9.9.9 ; in.foo ; 10.9.9.9 ; granted",
        "ALL EXCEPT in.o : 10.9.9.9 ; in.o ; 10.9.9.9 ; denied",
        "in.p@10.5.5.5 : 10.0.0.1 ; in.p ; 10.0.0.1 ; denied",
        "in.p@10.5.5.5 : 10.0.0.1 ; in.p@10.5.5.5 ; 10.0.0.1 ; granted",
        "in.q: 10.0.0.1/255.255.255.255 ; in.q ; 10.0.0.1 ; denied",
        "in.r: 10.0.0.1/32 ; in.r ; 10.0.0.1 ; granted",
        "in.w: 10.1.2.3/8 ; in.w ; 10.200.0.1 ; denied",
        "in.t: UNKNOWN ; in.t ; 10.0.0.1 ; granted",
        "in.t: UNKNOWN ; in.t ; 127.0.0.1 ; denied",
        "in.s: LOCAL ; in.s ; 127.0.0.1 ; granted",
        "in.s: LOCAL ; in.s ; 192.0.2.11 ; granted",
        "in.s: LOCAL ; in.s ; 192.0.2.10 ; denied",
        "in.u: PARANOID ; in.u ; 192.0.2.12 ; granted",
        "in.u: PARANOID ; in.u ; 192.0.2.10 ; denied",
        "in.u: KNOWN ; in.u ; 192.0.2.12 ; denied",
        "in.aa : 10.0.0.1 : ; in.aa ; 10.0.0.1 ; denied",
        "in.ad: 192.168.1 ; in.ad ; 192.168.1.5 ; denied",
        "in.ad: 192.168.1. ; in.ad ; 192.168.1.5 ; granted",
        "in.af : 10.0.0.0/8 EXCEPT 10.0.0.1 , 10.0.0.2 ; in.af ; 10.0.0.2 ; denied",
        "in.af : 10.0.0.0/8 EXCEPT 10.0.0.1 , 10.0.0.2 ; in.af ; 10.0.0.3 ; granted",
        "in.z : 10.0.0.1 : /bin/echo x ; in.z ; 10.0.0.1 ; denied",
        // Found by running tcpdmatch beside this.
        "a: 10.0.0.0/0 ; a ; 10.0.0.1 ; denied",
        "a: 0.0.0.0/0.0.0.0 ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1/33 ; a ; 10.0.0.1 ; denied",
        "a: 10/8 ; a ; 10.0.0.1 ; denied",
        "a: [::]/0 ; a ; fd00::1 ; granted",
        "a: [fd00::/16] ; a ; fd00::1 ; denied",
        "a: [fd00::5]/16 ; a ; fd00::6 ; granted",
        "a: [fe80::]/10 ; a ; fe90::1 ; granted",
        "a: [fe80::]/10 ; a ; fec0::1 ; denied",
        "a: [fe80::1]/129 ; a ; fe80::1 ; denied",
        "a: [FD00:0::1] ; a ; fd00::1 ; granted",
        "a: [::ffff:10.0.0.1] ; a ; 10.0.0.1 ; denied",
        "a: [10.0.0.1] ; a ; 10.0.0.1 ; denied",
        "a: [10.0.0.0]/8 ; a ; 10.0.0.1 ; denied",
        "a: 010.0.0.0/8 ; a ; 8.0.0.1 ; granted",
        "a: 010.0.0.0/8 ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.0/255.255.0.255 ; a ; 10.0.7.0 ; granted",
        "a: 10.0.0.0/8.0 ; a ; 10.0.7.0 ; granted",
        "a: 10.0.0.0/+8 ; a ; 10.0.7.0 ; granted",
        "IN.j*: 10.0.0.1 ; in.jx ; 10.0.0.1 ; granted",
        "a: LOCALH* ; a ; 127.0.0.1 ; granted",
        "a: .localhost ; a ; 127.0.0.1 ; denied",
        "a: .EXAMPLE ; a ; 192.0.2.10 ; granted",
        "a: joe@[fd00::1] ; a ; joe@fd00::1 ; granted",
        "a: KNOWN@10.0.0.1 ; a ; joe@10.0.0.1 ; granted",
        "a: KNOWN@10.0.0.1 ; a ; 10.0.0.1 ; denied",
        "a: UNKNOWN@10.0.0.1 ; a ; 10.0.0.1 ; granted",
        "a: UNKNOWN@10.0.0.1 ; a ; joe@10.0.0.1 ; denied",
        "a: 10.0.0.1 except 10.0.0.1 ; a ; 10.0.0.1 ; denied",
        "EXCEPT a: ALL ; b ; 10.0.0.1 ; denied",
        "a: EXCEPT 10.0.0.1 ; a ; 10.0.0.2 ; denied",
        "a: ALL EXCEPT ; a ; 10.0.0.1 ; granted",
        ": ALL ; a ; 10.0.0.1 ; denied",
        "a: ; a ; 10.0.0.1 ; denied",
        "no separator ; a ; 10.0.0.1 ; denied",
        "a:10.0.0.1:ALLOW ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : : allow ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : allow : ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : allow = yes ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : keepalive yes ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : umask = 022 : nice : keepalive : linger 3 ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : UMASK 22 ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : umask == 022 ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : umask 999 ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : umask 1000 ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : nice x ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : nice -5 ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : linger -1 ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : rfc931 0 ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : rfc931 5x ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : severity mail ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : severity mail.info ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : severity authpriv.info ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : severity info ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : severity local8.info ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : severity warn ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : severity  mail . info ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : setenv A ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : spawn echo %z %a ; a ; 10.0.0.1 ; granted",
        "a: 10.0.0.1 : spawn ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : twist ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : twist x : allow ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : user nosuchuser ; a ; 10.0.0.1 ; denied",
        "a: 10.0.0.1 : banners /nonexist ; a ; 10.0.0.1 ; granted",
        // Hosts and their names.
        "a: @trusted ; a ; 192.0.2.10 ; granted",
        "a: @trusted ; a ; 192.0.2.11 ; denied",
        "a: joe@@trusted ; a ; joe@192.0.2.10 ; granted",
        "21: 10.0.0.1 ; a ; 10.0.0.1 ; granted",
        "22: 10.0.0.1 ; a ; 10.0.0.1 ; denied",
        "a: 127.0.0.1. ; a ; 127.0.0.1 ; denied",
    })
    void decides(String line, String daemon, String client, String decision) throws Exception {
        court.allow(line.replace('$', '\n') + "\n");

        assertThat(court.grants(daemon, client) ? "granted" : "denied").isEqualTo(decision);
    }

    @Test
    void carriageReturnsAreBlanks() throws Exception {
        assertThat(court.allow("a: 10.0.0.1\r\n").grants("a", "10.0.0.1")).isTrue();
    }

    @Test
    void hostsMayBeNamedInAFile() throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "10.7.7.7 .lan\n[fd00::7]\n");
        court.name("10.9.9.9", "printer.lan").allow("in.v: " + list + "\n");

        assertThat(court.grants("in.v", "10.7.7.7")).isTrue();
        assertThat(court.grants("in.v", "fd00::7")).isTrue();
        assertThat(court.grants("in.v", "10.9.9.9")).isTrue();
        assertThat(court.grants("in.v", "10.0.0.1")).isFalse();
    }

    @Test
    void aFileOfHostsThatIsNotThereMatchesNothing() throws Exception {
        assertThat(court.allow("in.v: /nonexist/list 10.0.0.1\n").grants("in.v", "10.0.0.1")).isTrue();
        assertThat(court.grants("in.v", "10.0.0.2")).isFalse();
    }

    @Test
    void aFileOfHostsThatNamesItselfEnds() throws Exception {
        Path list = folder.resolve("list");
        Files.writeString(list, list + " 10.0.0.1\n");

        assertThat(court.allow("in.v: " + list + "\n").grants("in.v", "10.0.0.1")).isTrue();
        assertThat(court.grants("in.v", "10.0.0.2")).isFalse();
    }

    @Test
    void theLastLineWithoutANewlineIsIgnored() throws Exception {
        assertThat(court.allow("in.x: 10.0.0.1\nin.y: 10.0.0.1").grants("in.y", "10.0.0.1")).isFalse();
        assertThat(court.grants("in.x", "10.0.0.1")).isTrue();
        assertThat(court.findings).extracting(Object::toString)
                .containsExactly("hosts.allow:2: error: missing newline or line too long; line skipped");
    }

    @Test
    void aLineOf2046BytesIsReadAndALongerOneIsNot() throws Exception {
        court.allow("q: 10.0.0.1 " + "x".repeat(2046 - 12) + "\nr: 10.0.0.1 " + "x".repeat(2047 - 12) + "\ns: 10.0.0.1\n");

        assertThat(court.grants("q", "10.0.0.1")).isTrue();
        assertThat(court.grants("r", "10.0.0.1")).isFalse();
        assertThat(court.grants("s", "10.0.0.1")).isTrue();
    }

    @Test
    void aBackslashJoinsLinesAndSoItDoesToAComment() throws Exception {
        court.allow("a: 10.0.0.1 \\\n10.0.0.2\n# x \\\nb: 10.0.0.1\n");

        assertThat(court.grants("a", "10.0.0.2")).isTrue();
        assertThat(court.grants("b", "10.0.0.1")).isFalse();
    }

    @Test
    void withoutFilesEverybodyIsLetIn() throws Exception {
        assertThat(new Court(folder.resolve("nowhere")).grants("a", "10.0.0.1")).isTrue();
    }

    @Test
    void whomNoLineMatchesIsLetIn() throws Exception {
        assertThat(court.deny("b: ALL\n").allow("").grants("a", "10.0.0.1")).isTrue();
    }

    @Test
    void listsOfAddressesLookNoNameUp() throws Exception {
        court.allow("a: 10.0.0.1 10.1. 10.2.0.0/16 [fd00::]/8 joe@10.3.0.1\n").grants("a", "10.0.0.9");

        assertThat(court.lookedUp).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnce() throws Exception {
        court.allow("a: .one .two LOCAL KNOWN@.three\n").grants("a", "192.0.2.10");

        assertThat(court.lookedUp).containsExactly("192.0.2.10");
    }
}
