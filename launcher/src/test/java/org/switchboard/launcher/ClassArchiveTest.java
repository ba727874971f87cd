package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    Path lib;

    @Test
    void nothingIsSaidOfTheArchiveThatThisJavaMade() throws Exception {
        ClassArchive.recordVersion(lib);
        assertThat(ClassArchive.warning(lib)).isEmpty();
    }

    @Test
    void theArchiveOfAnotherJavaIsNamed() throws Exception {
        Files.writeString(lib.resolve("archive.version"), "Java 17.0.1+1 of Example");
        assertThat(ClassArchive.warning(lib)).get().asString().startsWith("the class archive is for Java 17.0.1+1 of Example, this is ")
                .endsWith("'switchboard train' makes a new archive");
    }

    @Test
    void aMissingArchiveIsNamed() {
        assertThat(ClassArchive.warning(lib)).get().asString().startsWith("there is no class archive in " + lib);
    }
}
