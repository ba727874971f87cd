package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.switchboard.api.config.Written;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** What is written in the superset is read as the same entry, whatever dialect it came from. */
class EntryWriterTest {

    private final EntryWriter writer = new EntryWriter();
    private final InetdDialect superset = new InetdDialect("switchboard");

    @TestFactory
    Stream<DynamicTest> everyGoldenFileIsReadAsTheSame() {
        return Family.NAMES.stream().flatMap(dialect -> GoldenFilesTest.files(dialect).map(conf -> DynamicTest.dynamicTest(
                dialect + ": " + conf.getFileName(), () -> roundTrip(new InetdDialect(dialect), conf))));
    }

    private void roundTrip(InetdDialect dialect, Path conf) throws IOException {
        for (ServiceEntry read : dialect.parse("x", Files.readString(conf)).entries()) {
            Map<String, String> options = new HashMap<>(dialect.defaults(read));
            options.putAll(read.options());
            ServiceEntry entry = with(read, options);
            if (entry.isProgram() && !entry.arguments().get(0).startsWith("/")) {
                assertThat(writer.write(entry, "keyvalue").orElseThrow().losses())
                        .containsExactly("program '" + entry.arguments().get(0) + "' is no absolute path");
                continue;
            }
            if (entry.name().indexOf('@') >= 0) {
                assertThat(writer.write(entry, "keyvalue").orElseThrow().losses()).containsExactly("this entry cannot be written");
                continue;
            }
            Written all = writer.write(entry, "keyvalue").orElseThrow();
            assertThat(all.losses()).as("%s", entry).isEmpty();
            assertThat(readAgain(all.text())).isEqualTo(with(entry, options));
            Written columns = writer.write(entry, "positional").orElseThrow();
            assertThat(columns.losses()).as("%s", entry).isEmpty();
            assertThat(limited(readAgain(columns.text()))).isEqualTo(limited(with(entry, options)));
        }
    }

    private ServiceEntry readAgain(String text) {
        assertThat(superset.parse("x", text).entries()).as(text).hasSize(1);
        ServiceEntry read = superset.parse("x", text).entries().get(0);
        return with(read, read.options());
    }

    /** Without an origin to differ in. */
    private static ServiceEntry with(ServiceEntry entry, Map<String, String> options) {
        return new ServiceEntry(entry.name(), entry.socketType(), entry.protocol(), entry.address(), entry.port(), entry.mode(),
                entry.identity(), entry.provider(), entry.arguments(), options, new Origin("x", 1));
    }

    /** UNLIMITED is the same as nothing. */
    private static ServiceEntry limited(ServiceEntry entry) {
        Map<String, String> options = new HashMap<>(entry.options());
        options.values().removeIf("UNLIMITED"::equals);
        return with(entry, options);
    }

    @Test
    void wordsWithSignsAreQuotedInPieces() {
        ServiceEntry entry = ServiceEntry.builder("a", Protocol.TCP, new Origin("x", 1))
                .program("/bin/a b", List.of("", "it's", "say \"it's\"", "tab\there", "\"", "#", "\\")).build();

        for (String form : List.of("positional", "keyvalue")) {
            assertThat(readAgain(writer.write(entry, form).orElseThrow().text())).as(form).isEqualTo(entry);
        }
    }

    @Test
    void whatColumnsCannotHoldIsWrittenAsKeysAndValues() {
        ServiceEntry entry = ServiceEntry.builder("a", Protocol.TCP, new Origin("x", 1))
                .program("/bin/a", List.of("a", "two\nlines\u0001")).build();

        assertThat(readAgain(writer.write(entry, "keyvalue").orElseThrow().text())).isEqualTo(entry);
        assertThat(writer.write(entry, "positional")).isEqualTo(writer.write(entry, "keyvalue"));
    }

    @Test
    void anOptionThatTheDialectImpliesIsWrittenOut() {
        ServiceEntry entry = ServiceEntry.builder("echo", Protocol.TCP, new Origin("x", 1)).build();
        ServiceEntry implying = new ServiceEntry(entry.name(), entry.socketType(), entry.protocol(), entry.address(),
                entry.port(), entry.mode(), entry.identity(), entry.provider(), entry.arguments(),
                Map.of("service_max", "256"), Set.of("service_max"), entry.origin());

        assertThat(writer.write(implying, "positional"))
                .contains(new Written("echo stream tcp nowait.256 - internal echo", List.of()));
    }

    @Test
    void thereAreTwoForms() {
        ServiceEntry entry = ServiceEntry.builder("echo", Protocol.TCP, new Origin("x", 1)).build();

        assertThat(superset.write(entry, "positional")).contains(new Written("echo stream tcp nowait - internal echo", List.of()));
        assertThat(superset.write(entry, "keyvalue").orElseThrow().text()).isEqualTo("""
                echo on
                \tsocktype = stream,
                \tprotocol = tcp,
                \twait = no,
                \tuser = -,
                \texec = internal,
                \targs = echo;""");
        assertThat(superset.write(entry, "xml")).isEmpty();
        assertThat(new InetdDialect("debian").write(entry, "positional")).isEmpty();
    }
}
