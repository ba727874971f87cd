package org.switchboard.launcher;

import java.nio.file.Path;

/**
 * What the start script found out, given as system properties {@code switchboard.…}; bundles read the same ones as framework
 * properties.
 *
 * @param home the directory of the distribution; never written to
 * @param state the state directory; without meaning for a check
 * @param strict whether any error in a file keeps the previous entries
 * @param drain whether running sessions are waited for at the end
 */
record Settings(Path home, Path state, boolean strict, boolean drain) {

    static Settings fromSystemProperties() {
        return new Settings(Path.of(System.getProperty("switchboard.home", ".")),
                Path.of(System.getProperty("switchboard.state", "")),
                Boolean.getBoolean("switchboard.strict"),
                Boolean.getBoolean("switchboard.shutdown.drain"));
    }

    /** Where the distribution has the native parts for this machine; the directory need not be there. */
    Path nativeParts() {
        String machine = System.getProperty("os.arch");
        return home.resolve("lib/native").resolve("linux-" + (machine.equals("amd64") ? "x86-64" : machine));
    }

    Path bundles() {
        return home.resolve("bundles");
    }
}
