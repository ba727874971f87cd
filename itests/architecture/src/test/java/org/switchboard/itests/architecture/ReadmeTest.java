package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation of an extension point shows, works. */
class ReadmeTest {

    /** A whole source file; shorter pieces are there to be read. */
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(package .*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path output;

    @Test
    void extensionPointsHaveAReadmeWithCode() throws IOException {
        assertThat(blocks(bundle("org.switchboard.api"))).isNotEmpty();
        assertThat(blocks(bundle("org.switchboard.netty"))).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> theCodeCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path folder : House.folders()) {
            for (String block : blocks(folder)) {
                tests.add(DynamicTest.dynamicTest(folder.getFileName() + ": " + Compilation.name(block),
                        () -> Compilation.compile(output, block)));
            }
        }
        return tests.stream();
    }

    private static Path bundle(String name) {
        return House.folders().stream().filter(folder -> folder.endsWith(name)).findFirst().orElseThrow();
    }

    private static List<String> blocks(Path folder) throws IOException {
        List<String> blocks = new ArrayList<>();
        Path readme = folder.resolve("README.md");
        if (Files.exists(readme)) {
            Matcher matcher = BLOCK.matcher(Files.readString(readme));
            while (matcher.find()) {
                blocks.add(matcher.group(1));
            }
        }
        return blocks;
    }
}
