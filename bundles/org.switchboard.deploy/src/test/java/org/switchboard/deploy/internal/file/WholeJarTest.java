package org.switchboard.deploy.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeJarTest {

    private static final String MANIFEST = "Manifest-Version: 1.0\nBundle-SymbolicName: org.example.a; singleton:=true\n"
            + "Bundle-Version: 1.2.3\n";

    @TempDir
    Path directory;

    /** Its content is stored, so that a byte that is changed is not noticed by inflating. */
    private static byte[] jar(String manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
            add(zip, "content", new byte[10_000]);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }

    private WholeJar examine(byte[] content) throws Exception {
        return WholeJar.examine(Files.write(directory.resolve("a.jar"), content));
    }

    @Test
    void aWholeOneTellsItsNameAndVersion() throws Exception {
        assertThat(examine(jar(MANIFEST))).hasToString("org.example.a 1.2.3");
    }

    @Test
    void whatIsCutOffAnywhereIsNotWhole() throws Exception {
        byte[] jar = jar(MANIFEST);
        for (int length = 0; length < jar.length; length += 97) {
            byte[] half = Arrays.copyOf(jar, length);
            assertThatThrownBy(() -> examine(half)).isInstanceOf(InvalidJarException.class).hasMessageContaining("not a whole jar");
        }
    }

    /** As a program leaves it that writes over a file without making it empty first. */
    @Test
    void theEndOfAFormerFileMakesNoWholeOne() throws Exception {
        byte[] jar = jar(MANIFEST);
        Arrays.fill(jar, 1_000, 2_000, (byte) 7);

        assertThatThrownBy(() -> examine(jar)).isInstanceOf(InvalidJarException.class).hasMessageContaining("checksum of 'content'");
    }

    @Test
    void whatIsNoBundleIsSaid() {
        assertThatThrownBy(() -> examine(jar("Manifest-Version: 1.0\n"))).hasMessage(
                "not a bundle: its manifest has no Bundle-SymbolicName");
        assertThatThrownBy(() -> examine(jar("Manifest-Version: 1.0\nBundle-SymbolicName: a\nBundle-Version: x.y\n")))
                .hasMessage("not a bundle: Bundle-Version 'x.y' cannot be read");
    }
}
