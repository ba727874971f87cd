package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Every file of {@code golden/<dialect>} is a test: its name is the behaviour, {@code .conf} what is written and
 * {@code .expected} what it means. With {@code -Dgolden.write=DIRECTORY} what it means now is written there, to be read and
 * copied.
 */
class GoldenFilesTest {

    private static final Map<String, Rules> DIALECTS = Map.of("switchboard", Rules.SWITCHBOARD);

    @TestFactory
    Stream<DynamicTest> fileMeansWhatIsExpected() {
        return DIALECTS.entrySet().stream().flatMap(dialect -> files(dialect.getKey()).map(conf -> DynamicTest.dynamicTest(
                dialect.getKey() + ": " + behaviour(conf), () -> check(dialect.getValue(), conf))));
    }

    static Stream<Path> files(String dialect) {
        try (Stream<Path> files = Files.list(Path.of(GoldenFilesTest.class.getResource("/golden/" + dialect).toURI()))) {
            return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String behaviour(Path conf) {
        return conf.getFileName().toString().replace(".conf", "").replace('-', ' ');
    }

    private static void check(Rules rules, Path conf) throws IOException {
        String meaning = render(new Grammar(rules).parse("inetd.conf", Files.readString(conf)));
        Path expected = conf.resolveSibling(conf.getFileName().toString().replace(".conf", ".expected"));
        String write = System.getProperty("golden.write", "");
        if (!write.isEmpty()) {
            Files.writeString(Path.of(write).resolve(expected.getFileName()), meaning);
        }
        assertThat(meaning).isEqualTo(Files.readString(expected));
    }

    private static String render(Parsed parsed) {
        return Stream.concat(parsed.entries().stream().map(GoldenFilesTest::render),
                parsed.findings().stream().map(Finding::toString)).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String render(ServiceEntry entry) {
        return entry.origin().line() + ": " + entry.id() + (entry.port().isPresent() ? " port=" + entry.port().getAsInt() : "")
                + " " + entry.socketType() + " " + entry.mode() + " user=" + entry.identity() + " " + entry.provider()
                + entry.arguments() + " " + new TreeMap<>(entry.options());
    }
}
