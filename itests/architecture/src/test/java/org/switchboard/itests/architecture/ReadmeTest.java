package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation of an extension point shows, works. */
class ReadmeTest {

    /** A whole source file; shorter pieces are there to be read. */
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(package .*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CLASS = Pattern.compile("class (\\w+)");

    @TempDir
    private Path output;

    /** One class as the compiler wants it. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

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
                Matcher matcher = CLASS.matcher(block);
                String name = matcher.find() ? matcher.group(1) : "";
                tests.add(DynamicTest.dynamicTest(folder.getFileName() + ": " + name, () -> compile(name, block)));
            }
        }
        return tests.stream();
    }

    private void compile(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<JavaFileObject> sources = List.of(new Source(name, text));
        boolean good = compiler.getTask(messages, null, null, List.of("-proc:none", "--release", "17", "-d", output.toString(),
                "-classpath", System.getProperty("java.class.path")), null, sources).call();
        assertThat(good).as(messages.toString()).isTrue();
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
