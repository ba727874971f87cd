package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.switchboard.api.config.Parsed;

/** Feeds the grammar files that nobody would write, made from those of the golden tests with a fixed seed. */
class MutatedFilesTest {

    private static final long SEED = 868;
    private static final int ROUNDS = 4000;
    private static final String[] PIECES = {" ", "\t", "\n", "\r", "\r\n", "\"", "'", ":", "::", "[", "]", ",", "*", "#", "#@ x",
        ".", "/", "-", "=", "\0", "\u001b", "\uFEFF", "\uD800", "\u2028", "é", "65536", "99999999999999999999", "internal",
        "stream", "udp46", "unix", "nowait.", "wait", "127.0.0.1:", "x".repeat(5000)};

    private final Random random = new Random(SEED);
    private final InetdDialect dialect = new InetdDialect("switchboard");

    @Test
    void goodLinesAreKeptWhateverStandsBetweenThem() throws IOException {
        List<String> corpus = corpus();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < ROUNDS; round++) {
                String before = mutated(corpus);
                String text = before + "\n*:good-" + round + " stream tcp nowait nobody internal echo\n\n" + mutated(corpus);
                assertThat(dialect.parse("x", text).entries()).as("round %d of seed %d: %s", round, SEED, text)
                        .anyMatch(entry -> entry.name().startsWith("good-") && entry.provider().equals("echo"));
            }
        });
    }

    @Test
    void everyLineIsAnEntryOrAFindingOrACommentOrAHost() throws IOException {
        List<String> corpus = corpus();
        for (int round = 0; round < ROUNDS; round++) {
            String line = mutated(corpus).replaceAll("[\r\n]", " ");
            Parsed parsed = dialect.parse("x", line);
            if (parsed.entries().isEmpty() && parsed.findings().isEmpty()) {
                String shown = line.replace("\uFEFF", "").strip();
                assertThat(shown.isEmpty() || shown.startsWith("#") || shown.replaceAll("[\"']", "").endsWith(":"))
                        .as("round %d of seed %d: %s", round, SEED, line).isTrue();
            }
        }
    }

    @Test
    void findingsNameALineOfTheFile() throws IOException {
        List<String> corpus = corpus();
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutated(corpus);
            int lines = text.split("\r\n|\r|\n", -1).length;
            assertThat(dialect.parse("x", text).findings())
                    .allSatisfy(finding -> assertThat(finding.origin().line()).isBetween(1, lines))
                    .allSatisfy(finding -> assertThat(finding.message()).doesNotContain("\n", "\0", "\u001b"));
        }
    }

    private static List<String> corpus() {
        List<String> texts = new ArrayList<>();
        GoldenFilesTest.files("switchboard").forEach(file -> {
            try {
                texts.addAll(Files.readAllLines(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return texts;
    }

    private String mutated(List<String> corpus) {
        StringBuilder text = new StringBuilder();
        for (int lines = random.nextInt(6); lines >= 0; lines--) {
            text.append(corpus.get(random.nextInt(corpus.size()))).append(random.nextInt(8) == 0 ? "" : "\n");
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
}
