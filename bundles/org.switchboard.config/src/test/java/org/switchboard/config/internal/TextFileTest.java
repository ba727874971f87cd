package org.switchboard.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {

    private static final String TEXT = "echo stream tcp nowait root internal\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void utf16IsNamed(String charset) throws IOException {
        Path file = Files.write(folder.resolve("a"), TEXT.getBytes(Charset.forName(charset)));

        assertThatThrownBy(() -> TextFile.read(file)).hasMessage("is UTF-16 text, and must be UTF-8: 'iconv -f UTF-16 -t UTF-8' converts it");
    }

    @Test
    void zerosAloneAreNotUtf16() throws IOException {
        assertThat(TextFile.read(Files.write(folder.resolve("a"), new byte[] {0, 0, 0, 0})).text()).hasSize(4);
        assertThat(TextFile.read(Files.write(folder.resolve("b"), new byte[0])).text()).isEmpty();
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        return pipe;
    }

    @Test
    void aPipeIsReadToItsEndWhereThatIsWanted() throws Exception {
        Path pipe = pipe();
        Thread writer = new Thread(() -> {
            try {
                Files.write(pipe, TEXT.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();

        assertThat(TextFile.readAny(pipe).text()).isEqualTo(TEXT);
        writer.join();
        assertThatThrownBy(() -> TextFile.read(pipe)).hasMessage("is not a regular file");
    }

    @Test
    void aPipeWithoutAWriterIsGivenUp() throws Exception {
        Path pipe = pipe();

        assertThatThrownBy(() -> TextFile.readWithin(pipe, Duration.ofMillis(50))).hasMessageStartingWith("has not ended within");
    }

    @Test
    void aPipeWithoutAnEndIsBounded() {
        assertThatThrownBy(() -> TextFile.readAny(Path.of("/dev/zero"))).hasMessage("is larger than 4194304 bytes");
    }
}
