package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Every file of {@code golden/<dialect>} is a test: its name is the behaviour, {@code .conf} what is written and
 * {@code .expected} what it means. With {@code -Dgolden.write=DIRECTORY} what it means now is written there, to be read and
 * copied.
 */
class GoldenFilesTest {

    /** What golden files may include. */
    private static final Map<String, String> INCLUDED = Map.of(
            "more/one.conf", "one stream tcp nowait root /bin/one one\n*:\n",
            "more/two.conf", "broken\n");

    @TestFactory
    Stream<DynamicTest> fileMeansWhatIsExpected() {
        return Family.NAMES.stream().flatMap(dialect -> files(dialect).map(conf -> DynamicTest.dynamicTest(
                dialect + ": " + behaviour(conf), () -> check(dialect, conf))));
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

    private static void check(String dialect, Path conf) throws IOException {
        String meaning = render(new InetdDialect(dialect).parse("inetd.conf", Files.readString(conf), GoldenFilesTest::included));
        Path expected = conf.resolveSibling(conf.getFileName().toString().replace(".conf", ".expected"));
        String write = System.getProperty("golden.write", "");
        if (!write.isEmpty()) {
            Files.writeString(Files.createDirectories(Path.of(write, dialect)).resolve(expected.getFileName()), meaning);
        }
        assertThat(meaning).isEqualTo(Files.readString(expected));
    }

    private static Includes.Included included(Origin directive, String pattern) {
        List<Includes.Text> texts = new TreeMap<>(INCLUDED).entrySet().stream()
                .filter(file -> file.getKey().startsWith(pattern.replace("*.conf", "")))
                .map(file -> new Includes.Text(file.getKey(), file.getValue(), GoldenFilesTest::included)).toList();
        return new Includes.Included(texts, List.of());
    }

    private static String render(Parsed parsed) {
        return Stream.concat(parsed.entries().stream().map(GoldenFilesTest::render),
                parsed.findings().stream().map(Finding::toString)).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String render(ServiceEntry entry) {
        String file = entry.origin().source().equals("inetd.conf") ? "" : entry.origin().source() + ":";
        return file + entry.origin().line() + ": " + entry.id() + (entry.port().isPresent() ? " port=" + entry.port().getAsInt() : "")
                + " " + entry.socketType() + " " + entry.mode() + " user=" + entry.identity() + " " + entry.provider()
                + entry.arguments() + " " + new TreeMap<>(entry.options());
    }
}
