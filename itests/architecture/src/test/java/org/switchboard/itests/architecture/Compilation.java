package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles source text against everything that is on the class path of this test. */
final class Compilation {

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

    private Compilation() {
    }

    /** One source file as the compiler wants it. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + name(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Writes the classes below a folder; fails with the compiler's words. */
    static void compile(Path folder, String... texts) {
        StringWriter messages = new StringWriter();
        List<JavaFileObject> sources = List.of(texts).stream().<JavaFileObject>map(Source::new).toList();
        boolean good = ToolProvider.getSystemJavaCompiler().getTask(messages, null, null,
                List.of("-proc:none", "--release", "17", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path")),
                null, sources).call();
        assertThat(good).as(messages.toString()).isTrue();
    }

    /** The first type that a source file declares. */
    static String name(String text) {
        Matcher matcher = TYPE.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
