package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation of an extension point shows, works. */
class ReadmeTest {

    /** A whole source file. */
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(package .*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path output;

    /** Who owns an extension point, and how many examples it takes. */
    private static final Map<String, Integer> EXTENSION_POINTS = Map.of("org.switchboard.api", 7, "org.switchboard.netty", 1,
            "org.switchboard.config", 2, "org.switchboard.ports", 1, "org.switchboard.posix", 1, "org.switchboard.shell", 1, "org.switchboard.testkit", 1);

    @Test
    void extensionPointsHaveAReadmeWithCode() throws IOException {
        for (Map.Entry<String, Integer> point : EXTENSION_POINTS.entrySet()) {
            assertThat(blocks(bundle(point.getKey()))).as(point.getKey()).hasSize(point.getValue());
        }
    }

    /** A block that the compiler is not shown may be anything. */
    @Test
    void everyPieceOfJavaIsAWholeFile() throws IOException {
        for (Path folder : House.folders()) {
            Path readme = folder.resolve("README.md");
            if (Files.exists(readme)) {
                assertThat(Files.readString(readme).split("(?m)^```java$", -1)).as("%s", readme)
                        .hasSize(blocks(folder).size() + 1);
            }
        }
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

    static Path bundle(String name) {
        return House.folders().stream().filter(folder -> folder.endsWith(name)).findFirst().orElseThrow();
    }

    static List<String> blocks(Path folder) throws IOException {
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
