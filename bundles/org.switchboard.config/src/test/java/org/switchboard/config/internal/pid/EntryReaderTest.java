package org.switchboard.config.internal.pid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

class EntryReaderTest {

    private static final String PID = "org.switchboard.service~web";

    private static Parsed read(Map<String, ?> properties) {
        return EntryReader.read(PID, properties).parsed();
    }

    private static ServiceEntry entry(Map<String, ?> properties) {
        Parsed parsed = read(properties);
        assertThat(parsed.findings()).isEmpty();
        assertThat(parsed.entries()).hasSize(1);
        return parsed.entries().get(0);
    }

    private static List<String> findings(Map<String, ?> properties) {
        return read(properties).findings().stream().map(Finding::toString)
                .map(text -> text.replace(PID + ": ", "").replace("; service skipped", "")).toList();
    }

    @Nested
    class WhatIsSaid {

        @Test
        void theNameBehindTheTildeIsEnough() {
            ServiceEntry entry = entry(Map.of());

            assertThat(entry.id()).isEqualTo("web/tcp");
            assertThat(entry.provider()).isEqualTo("web");
            assertThat(entry.origin().toString()).isEqualTo(PID);
        }

        @Test
        void aProgramGetsItsNameAsFirstArgument() {
            ServiceEntry entry = entry(Map.of("port", 8080, "program", "/usr/sbin/httpd", "user", "www", "group", "web",
                    "mode", "wait", "arguments", new String[] {"-i", "two words"}));

            assertThat(entry.arguments()).containsExactly("/usr/sbin/httpd", "httpd", "-i", "two words");
            assertThat(entry.identity()).isEqualTo(new Identity("www", Optional.of("web")));
            assertThat(entry.port()).isEqualTo(OptionalInt.of(8080));
            assertThat(entry.mode()).isEqualTo(Mode.WAIT);
        }

        @Test
        void textsMeanTheSameAsTypedValues() {
            assertThat(entry(Map.of("name", "7007", "provider", "echo", "arguments", "one 'two words' thr\"e e\"",
                    "service_max", "40", "address", "127.0.0.1")))
                    .isEqualTo(entry(Map.of("name", 7007, "provider", "echo", "arguments", List.of("one", "two words", "thre e"),
                            "service_max", 40L, "address", new String[] {"127.0.0.1"})));
        }

        @Test
        void everyAddressIsAnEntryOfItsOwn() {
            assertThat(read(Map.of("address", "127.0.0.1, [::1]")).entries()).extracting(ServiceEntry::id)
                    .containsExactly("web/tcp@127.0.0.1", "web/tcp@::1");
        }

        @Test
        void aUnixSocketMayBeOfEitherType() {
            ServiceEntry entry = entry(Map.of("name", "/run/x.sock", "protocol", "unix", "type", "dgram", "provider", "echo"));

            assertThat(entry.protocol()).isEqualTo(Protocol.UNIX);
            assertThat(entry.socketType()).isEqualTo(SocketType.DGRAM);
        }

        @Test
        void otherKeysAreOptionsAndThoseOfContainersAreNot() {
            assertThat(entry(Map.of("service_max", 40, "tcp_wrappers", true, "umask", "", "service.pid", PID,
                    "felix.fileinstall.filename", "file:/x.cfg", ":configurator:bundle-id", 7L, ".private", "x")).options())
                    .isEqualTo(Map.of("service_max", "40", "tcp_wrappers", "yes"));
        }

        @Test
        void whatIsNotEnabledIsSwitchedOff() {
            assertThat(entry(Map.of("enabled", false)).options()).isEqualTo(Map.of("disable", "yes"));
        }
    }

    @Nested
    class WhatIsWrong {

        @Test
        void allOfItIsFoundAtOnce() {
            assertThat(findings(Map.of("protocol", "tpc", "port", "99999", "mode", "later", "address", "a b;c",
                    "enabled", "maybe"))).containsExactly(
                            "error: unknown protocol 'tpc'",
                            "error: 'port' must be a number from 0 to 65535, not '99999'",
                            "error: 'mode' must be 'wait' or 'nowait', not 'later'",
                            "error: 'enabled' must be 'true' or 'false', not 'maybe'",
                            "error: address 'b;c' cannot be read");
            assertThat(read(Map.of("protocol", "tpc")).entries()).isEmpty();
        }

        @Test
        void aProgramNeedsAUserAndAnAbsolutePath() {
            assertThat(findings(Map.of("program", "bin/date"))).containsExactly(
                    "error: 'user' is missing, as whom the program runs; '-' is the server's own",
                    "error: program 'bin/date' is not an absolute path of a file");
        }

        @Test
        void aPortIsNoProvider() {
            assertThat(findings(Map.of("name", "7007"))).containsExactly(
                    "error: 'provider' or 'program' is missing, since '7007' is no provider");
        }

        @Test
        void anAddressOfTheOtherVersionDoesNotFit() {
            assertThat(findings(Map.of("protocol", "tcp4", "address", "::1"))).containsExactly(
                    "error: address '::1' does not go with protocol 'tcp4'");
        }

        @Test
        void aListWhereOneValueBelongsIsRefused() {
            assertThat(findings(Map.of("name", new String[] {"a", "b"})))
                    .containsExactly("error: 'name' has 2 values, and takes one");
        }

        @Test
        void anOpenQuotationIsNamed() {
            assertThat(findings(Map.of("arguments", "-c 'echo")))
                    .containsExactly("error: 'arguments': the quotation in ''echo' has no end");
        }

        @Test
        void aDottedKeyOfNobodyIsAWarning() {
            assertThat(findings(Map.of("service_max", 1, "idle.timeout", 1)))
                    .containsExactly("warning: nobody here knows 'idle.timeout'; it has no effect");
        }

        @Test
        void noValueWhateverMakesItThrow() {
            for (Object value : new Object[] {new int[0], new Object[] {""}, List.of(), List.of(1, 2), '\0', "\n", -1, 1e9,
                "é", new byte[3]}) {
                for (String key : List.of("name", "protocol", "type", "address", "port", "mode", "user", "group", "provider",
                        "program", "argv0", "arguments", "enabled", "service_max")) {
                    Parsed parsed = read(Map.of(key, value));

                    assertThat(parsed.entries().isEmpty()).as("%s=%s: %s", key, value, parsed)
                            .isEqualTo(parsed.findings().stream()
                                    .anyMatch(finding -> finding.severity() == Finding.Severity.ERROR));
                }
            }
        }
    }

    @Nested
    class WhatAFileSays {

        private List<String> arguments(String text, Charset written) {
            String read = new String(text.getBytes(written), StandardCharsets.ISO_8859_1);
            return entry(Map.of("felix.fileinstall.filename", "file:/x.cfg", "provider", "echo", "arguments", read)).arguments();
        }

        @Test
        void isUtf8OrElseLatin1ThoughItWasReadAsLatin1() {
            assertThat(arguments("café", StandardCharsets.UTF_8)).containsExactly("café");
            assertThat(arguments("café", StandardCharsets.ISO_8859_1)).containsExactly("café");
            assertThat(arguments("日本", StandardCharsets.UTF_8)).containsExactly("日本");
        }

        @Test
        void beginsBehindAByteOrderMark() {
            for (String mark : List.of("\u00EF\u00BB\u00BF", "\uFEFF")) {
                assertThat(entry(Map.of("felix.fileinstall.filename", "file:/x.cfg", mark + "port", "8080")).port())
                        .isEqualTo(OptionalInt.of(8080));
            }
        }

        @Test
        void isReadAnewAndWhatAProgramSaysIsNot() {
            assertThat(entry(Map.of("provider", "echo", "arguments", "caf\u00C3\u00A9")).arguments())
                    .containsExactly("caf\u00C3\u00A9");
        }
    }

    @Nested
    class WhatItIsCalled {

        private static final String FACTORY = "org.switchboard.service";
        private static final String MADE_UP = FACTORY + "~6d0e1c2a-0f0e-4b7e-9c3a-5a3f1f6f8a11";

        private RejectedEntry rejected(String pid, Map<String, ?> properties) {
            return EntryReader.read(pid, properties).rejected().orElseThrow();
        }

        @Test
        void aWrongOneIsShownWithAllThatIsWrongWithIt() {
            RejectedEntry entry = rejected(PID, Map.of("port", "8080", "provider", "echo", "address", "127.0.0.1",
                    "mode", "later", "enabled", "maybe", "idle.timeout", "1"));

            assertThat(entry.id()).isEqualTo("web/tcp@127.0.0.1");
            assertThat(entry.port()).isEqualTo(8080);
            assertThat(entry.origin().toString()).isEqualTo(PID);
            assertThat(entry.reason()).isEqualTo("'mode' must be 'wait' or 'nowait', not 'later'; service skipped");
            assertThat(entry.notes()).containsExactly("'enabled' must be 'true' or 'false', not 'maybe'; service skipped",
                    "nobody here knows 'idle.timeout'; it has no effect");
        }

        @Test
        void theNameIsTheAliasOfThePidOrTheFilesOrThePort() {
            String file = "file:/etc/x/" + FACTORY + "-ftp.cfg";
            assertThat(rejected(FACTORY + "~dns", Map.of("mode", "x")).name()).isEqualTo("dns");
            assertThat(rejected(FACTORY + "-dns", Map.of("mode", "x")).name()).isEqualTo("dns");
            assertThat(rejected(MADE_UP, Map.of("mode", "x", "felix.fileinstall.filename", file)).name()).isEqualTo("ftp");
            assertThat(rejected(MADE_UP, Map.of("mode", "x", "felix.fileinstall.filename", "file:/etc/mail.cfg")).name())
                    .isEqualTo("mail");
            assertThat(rejected(MADE_UP, Map.of("mode", "x", "port", 2121)).name()).isEqualTo("2121");
            assertThat(rejected(MADE_UP, Map.of("mode", "x")).name()).isEqualTo(MADE_UP);
            assertThat(rejected(FACTORY, Map.of("mode", "x")).name()).isEqualTo(FACTORY);
        }

        @Test
        void aFileOrAPidThatNamesNoServiceIsRejected() {
            for (String end : List.of(".cfg", "-.cfg", "~.cfg", "..cfg", ".config")) {
                Map<String, String> properties = Map.of("port", "2121", "provider", "echo",
                        "felix.fileinstall.filename", "file:/etc/" + FACTORY + end);
                RejectedEntry entry = rejected(FACTORY, properties);
                assertThat(entry.id()).isEqualTo("2121/tcp");
                assertThat(entry.origin()).hasToString("/etc/" + FACTORY + end);
                assertThat(entry.reason()).isEqualTo("the name of the file names no service, as " + FACTORY
                        + "-NAME.cfg does; service skipped");
            }
            for (String pid : List.of(FACTORY, FACTORY + "~")) {
                assertThat(rejected(pid, Map.of("port", "2121", "provider", "echo")).reason())
                        .isEqualTo("the PID names no service, as " + FACTORY + "~NAME does; service skipped");
            }
        }

        @Test
        void aGoodOneWithoutANameIsCalledTheSameWay() {
            String file = "file:/etc/x/" + FACTORY + "-ftp.cfg";
            assertThat(EntryReader.read(MADE_UP, Map.of("felix.fileinstall.filename", file)).parsed().entries())
                    .extracting(ServiceEntry::id).containsExactly("ftp/tcp");
            assertThat(EntryReader.read(MADE_UP, Map.of("port", "2121", "provider", "echo")).parsed().entries())
                    .extracting(ServiceEntry::id).containsExactly("2121/tcp");
        }

        @Test
        void theOriginIsTheFileAndThePidWhereTheFileDoesNotTellIt() {
            String file = "file:/etc/a%20b/" + FACTORY + "-ftp.cfg";
            Map<String, String> properties = Map.of("mode", "x", "felix.fileinstall.filename", file);
            String path = "/etc/a b/" + FACTORY + "-ftp.cfg";
            assertThat(rejected(FACTORY + "~ftp", properties).origin()).hasToString(path);
            assertThat(rejected(MADE_UP, properties).origin()).hasToString(path + " (" + MADE_UP + ")");
        }
    }
}
