package org.switchboard.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemTextTest {

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static void assertComesBack(byte[] bytes) {
        assertThat(SystemText.encode(SystemText.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void everySequenceOfTwoBytesComesBack() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                assertComesBack(bytes(first, second));
            }
        }
    }

    @Test
    void everySequenceOfFourBytesThatDecodersCareForComesBack() {
        int[] edges = {0, 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0,
            0xF1, 0xF4, 0xF5, 0xFF};
        for (int a : edges) {
            for (int b : edges) {
                for (int c : edges) {
                    for (int d : edges) {
                        assertComesBack(bytes(a, b, c, d));
                    }
                }
            }
        }
    }

    @Test
    void longRandomBytesComeBack() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertComesBack(bytes);
        }
    }

    @Test
    void textThatIsUtf8IsItself() {
        for (String text : new String[] {"", "café", "€", "\uFEFFx", "\uFFFD", "😀", "\uD7FF\uE000"}) {
            assertThat(SystemText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
            assertThat(SystemText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(SystemText.show(text)).isEqualTo(text);
            assertThat(SystemText.isUnicode(text)).isTrue();
        }
    }

    @Test
    void aByteThatIsNotUtf8IsNeitherAnotherCharacterNorAQuestionMark() {
        String text = SystemText.decode(bytes('c', 'a', 'f', 0xE9, ' ', 0xFF));

        assertThat(text).isEqualTo("caf\uDCE9 \uDCFF");
        assertThat(SystemText.isUnicode(text)).isFalse();
        assertThat(SystemText.show(text)).isEqualTo("caf\\xe9 \\xff");
    }

    @Test
    void surrogatesThatStandForNoByteNeverBecomeAQuestionMark() {
        assertThat(SystemText.encode("\uD800")).isEqualTo(bytes(0xED, 0xA0, 0x80));
        assertThat(SystemText.encode("\uDC00\uDC7F")).isEqualTo(bytes(0xED, 0xB0, 0x80, 0xED, 0xB1, 0xBF));
        assertThat(SystemText.show("a\uD800")).isEqualTo("a\\ud800");
    }

    @Test
    void aNameIsThatFileAndNoOther(@TempDir Path folder) throws IOException {
        byte[] name = bytes('c', 'a', 'f', 0xE9, ' ', '%', '+', '?', '#', 0xC3, 0xA9, 1, '\\');
        Path file = SystemText.path(SystemText.text(folder) + "/" + SystemText.decode(name));
        Files.writeString(file, "this one");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(SystemText::text)).containsExactly(SystemText.text(file));
        }
        assertThat(SystemText.decode(name)).isEqualTo(SystemText.text(file.getFileName()))
                .isEqualTo(SystemText.text(SystemText.path(SystemText.decode(name))));
        assertThat(SystemText.path(SystemText.text(file))).isEqualTo(file).hasContent("this one");
    }

    @Test
    void aNameOfAsciiIsTheSameForJava() {
        for (String name : new String[] {"/", "", "/a//b/../c/", "a/./b", "a b", "/tmp/%41"}) {
            assertThat(SystemText.path(name)).isEqualTo(Path.of(name));
        }
    }

    @Test
    void aNameWithANulIsNone() {
        assertThatThrownBy(() -> SystemText.path("/bin/true\0/x")).isInstanceOf(InvalidPathException.class);
    }

    @Test
    void theTextOfADirectoryHasNoSlashAtItsEnd(@TempDir Path folder) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(SystemText.path("\uDCE9")));

        assertThat(SystemText.text(directory)).isEqualTo(SystemText.text(folder) + "/\uDCE9");
    }

    @Test
    void whatCWantsEndsInANul() {
        assertThat(SystemText.terminated("\uDCE9")).isEqualTo(bytes(0xE9, 0));
    }
}
