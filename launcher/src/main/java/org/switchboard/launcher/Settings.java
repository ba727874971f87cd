package org.switchboard.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the start script found out, given in the environment and kept as system properties {@code switchboard.…}; bundles read
 * the same ones as framework properties.
 *
 * @param home the directory of the distribution; never written to
 * @param copy the private copy of what is executed, {@code lib} and {@code bundles}; empty to run from {@code home}
 * @param state the state directory; without meaning for a check
 * @param strict whether any error in a file keeps the previous entries
 * @param drain whether running sessions are waited for at the end
 * @param program the name that the server goes by, {@code switchboard} or {@code inetd}
 * @param daemon whether it runs in the background, and the script waits in the foreground for what it says first
 * @param pidFile where its process id is kept, if anywhere
 * @param exclusive whether nobody else may run who holds the same pid file
 * @param notifySocket where a service manager wants to hear how it is, if anywhere
 * @param watchdogMicros after how long without a sign of life that manager takes it for dead; 0 for never
 * @param anyState whether a state directory beside that one will do, if another server has it
 */
record Settings(Path home, Optional<Path> copy, Path state, boolean strict, boolean drain, String program, boolean daemon, Optional<Path> pidFile,
        boolean exclusive, Optional<String> notifySocket, long watchdogMicros, boolean anyState) {

    /** Holds {@code name=value} lines. */
    private static final String VARIABLE = "SWITCHBOARD_SETTINGS";
    private static final String PREFIX = "switchboard.";
    private static final String INETD = "inetd";

    /** Makes system properties of what the start script says; an option of Java that sets the same one wins. */
    static Settings read() {
        String settings = System.getenv().getOrDefault(VARIABLE, "");
        settings.lines().forEach(line -> {
            int end = line.indexOf('=');
            String property = PREFIX + line.substring(0, end);
            if (System.getProperty(property) == null) {
                System.setProperty(property, line.substring(end + 1));
            }
        });
        return fromSystemProperties();
    }

    private static Settings fromSystemProperties() {
        return new Settings(Path.of(System.getProperty("switchboard.home", ".")),
                Optional.ofNullable(System.getProperty("switchboard.copy")).map(Path::of),
                Path.of(System.getProperty("switchboard.state", "")),
                Boolean.getBoolean("switchboard.strict"),
                Boolean.getBoolean("switchboard.shutdown.drain"),
                System.getProperty("switchboard.program", "switchboard"),
                Boolean.getBoolean("switchboard.daemon"),
                Optional.ofNullable(System.getProperty("switchboard.pidfile")).map(Path::of),
                Boolean.getBoolean("switchboard.pidfile.exclusive"),
                Optional.ofNullable(System.getProperty("switchboard.notify")),
                Long.getLong("switchboard.watchdog.microseconds", 0),
                Boolean.getBoolean("switchboard.state.any"));
    }

    /** Whether it stands in the place of inetd: it prints nothing of its own accord. */
    boolean playsInetd() {
        return program.equals(INETD);
    }

    /**
     * Where the native parts for this machine are; the directory need not be there. In the copy, unless that is on a file
     * system from which nothing can be executed.
     */
    Path nativeParts() {
        String machine = System.getProperty("os.arch");
        Path parts = Path.of("lib", "native", "linux-" + (machine.equals("amd64") ? "x86-64" : machine));
        return copy.map(directory -> directory.resolve(parts))
                .filter(directory -> Files.isExecutable(directory.resolve("switchboard-spawner")))
                .orElse(home.resolve(parts));
    }

    /** What the server runs from; the archive of classes is in it. */
    Path lib() {
        return copy.orElse(home).resolve("lib");
    }

    Path bundles() {
        return copy.orElse(home).resolve("bundles");
    }
}
