package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Feeds every dialect files that nobody would write: made from those of the golden tests, or of words without order. A few
 * seconds of it; {@code -Dfuzz.rounds=1000000} takes longer, and {@code -Dfuzz.seed=N} other files.
 */
class MutatedFilesTest {

    private static final long SEED = Long.getLong("fuzz.seed", 868);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);
    private static final Duration BOUND = Duration.ofSeconds(60 + ROUNDS / 100);
    private static final String[] PIECES = {" ", "\t", "\n", "\r", "\r\n", "\"", "'", "\\", ":", "::", "[", "]", ",", "*", "#",
        "#@ x", ".", "/", "-", "=", ";", "@", "+", "\0", "\u001b", "\uFEFF", "\uD800", "\u2028", "é", "65536",
        "99999999999999999999", "x".repeat(5000)};
    private static final String[] WORDS = {"ftp", "7007", "0", "internal", "echo", "stream", "dgram", "raw", "stream,5",
        "stream:filter,x", "tcp", "tcp6", "udp46", "udp6only", "unix", "rpc/udp", "rusersd/1-3", "tcpmux/+x", "tcp,sndbuf=8k", "wait",
        "nowait", "nowait.40", "nowait:0", "nowait/1/2/3", "root", "root.wheel", "root:wheel/class", "-", "/bin/a", "127.0.0.1:",
        "[::1]:x", "*:", ":root:wheel:600:/run/x", "a@b", "on", "off", "protocol", "=", "user = root,", "exec = /bin/a;", ";",
        ".include", "*.conf", "'two words'", "\"open", "\"\\x41\""};

    private final Random random = new Random(SEED);

    static Stream<String> dialects() {
        return Family.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void goodLinesAreKeptWhateverStandsBetweenThem(String name) throws IOException {
        InetdDialect dialect = new InetdDialect(name);
        String host = Family.rules(name).has(Trait.HOSTS) ? "*:" : "";
        List<String> corpus = corpus();
        assertTimeoutPreemptively(BOUND, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                String good = "good-" + round;
                String text = garbage(corpus) + "\n" + host + good + " stream tcp nowait nobody internal echo\n\n" + garbage(corpus);
                assertThat(dialect.parse("x", text, this::included).entries()).as("round %d of seed %d: %s", round, SEED, text)
                        .anyMatch(entry -> entry.name().equals(good) && entry.provider().equals("echo")
                                && entry.address().isEmpty());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyLineIsAnEntryOrAFindingOrACommentOrAHost(String name) throws IOException {
        InetdDialect dialect = new InetdDialect(name);
        List<String> corpus = corpus();
        for (int round = 0; round < ROUNDS; round++) {
            String line = garbage(corpus).replaceAll("[\r\n]", " ");
            Parsed parsed = dialect.parse("x", line, (directive, pattern) -> new Includes.Included(List.of(),
                    List.of(Finding.warning(directive, "nothing"))));
            if (parsed.entries().isEmpty() && parsed.findings().isEmpty()) {
                String shown = line.replace("\uFEFF", "").strip();
                assertThat(shown.isEmpty() || shown.startsWith("#") || shown.replaceAll("[\"']|#.*", "").strip().endsWith(":")
                        || shown.matches("\\S+\\s+off\\b.*") || shown.replaceAll("#.*", "").isBlank())
                        .as("round %d of seed %d: %s", round, SEED, line).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void findingsNameALineOfTheFileAndAreFitForATerminal(String name) throws IOException {
        InetdDialect dialect = new InetdDialect(name);
        List<String> corpus = corpus();
        for (int round = 0; round < ROUNDS; round++) {
            String text = garbage(corpus);
            int lines = text.split("\r\n|\r|\n", -1).length;
            for (Finding finding : dialect.parse("x", text).findings()) {
                assertThat(finding.origin().line()).as(text).isBetween(1, lines);
                assertThat(finding.message()).as(text).doesNotContain("\n", "\0", "\u001b");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatIsReadCanBeWrittenOrSaysThatItCannot(String name) throws IOException {
        InetdDialect dialect = new InetdDialect(name);
        EntryWriter writer = new EntryWriter();
        List<String> corpus = corpus();
        for (int round = 0; round < ROUNDS; round++) {
            for (ServiceEntry entry : dialect.parse("x", garbage(corpus)).entries()) {
                assertThat(dialect.defaults(entry)).doesNotContainKey("");
                for (String form : List.of(EntryWriter.POSITIONAL, EntryWriter.KEYVALUE)) {
                    assertThat(writer.write(entry, form)).as("%s", entry).hasValueSatisfying(written ->
                            assertThat(written.text().isEmpty() && written.losses().isEmpty()).isFalse());
                }
            }
        }
    }

    /** The time to read a file grows with its size and not faster. */
    @ParameterizedTest
    @MethodSource("dialects")
    void aLargeFileIsReadInItsTime(String name) {
        InetdDialect dialect = new InetdDialect(name);
        for (String line : List.of("a%d stream tcp6 nowait root /bin/a a\n", "a%d stream tcp nowait root\n", " a\n", "a on\n", "\"",
                "a on x = \\", "a:", "#@ x\n", "tcpmux/x stream tcp nowait root internal\n", "* ")) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; text.length() < 1 << 17; i++) {
                text.append(String.format(line, i));
            }
            assertTimeoutPreemptively(BOUND, () -> {
                Parsed parsed = dialect.parse("x", text.toString());
                dialect.implied(parsed.entries());
            });
        }
    }

    /** Files that include files, but not for ever. */
    private Includes.Included included(Origin directive, String pattern) {
        boolean more = random.nextInt(3) == 0;
        return new Includes.Included(more ? List.of(new Includes.Text("y", "a stream tcp nowait\n.include z\nb:\n c", this::included))
                : List.of(), List.of());
    }

    private static List<String> corpus() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : Family.NAMES) {
            for (java.nio.file.Path file : GoldenFilesTest.files(name).toList()) {
                texts.addAll(Files.readAllLines(file));
            }
        }
        return texts;
    }

    private String garbage(List<String> corpus) {
        StringBuilder text = new StringBuilder();
        for (int lines = random.nextInt(6); lines >= 0; lines--) {
            text.append(random.nextInt(4) == 0 ? anyWords() : corpus.get(random.nextInt(corpus.size())))
                    .append(random.nextInt(8) == 0 ? "" : "\n");
        }
        for (int changes = random.nextInt(8); changes > 0 && text.length() > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x180));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
            }
        }
        return text.toString();
    }

    private String anyWords() {
        StringBuilder line = new StringBuilder();
        for (int words = random.nextInt(12); words >= 0; words--) {
            line.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return line.toString();
    }
}
