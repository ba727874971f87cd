package org.switchboard.provider.exec.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.switchboard.posix.SystemText;

/** The environment that the server was started with, as bytes: Java's own view of it goes through the locale. */
final class ServerEnvironment {

    private static final Path OURS = Path.of("/proc/self/environ");

    private ServerEnvironment() {
    }

    static Map<String, String> variables() {
        try {
            return parse(SystemText.decode(Files.readAllBytes(OURS)));
        } catch (IOException noProc) {
            return System.getenv();
        }
    }

    /** @param block {@code NAME=value}, each with a NUL behind it */
    static Map<String, String> parse(String block) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : block.split("\0")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return variables;
    }
}
