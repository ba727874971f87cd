package org.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bundles of the distribution, each with its start level.
 *
 * @param jars sorted by name
 */
record Bundles(List<Path> jars) {

    /** The level of bundles that nothing below speaks of, and of hot-deployed ones. */
    static final int DEFAULT_LEVEL = 30;

    /** The level of what the server does without until its ports are open. */
    static final int LAST_LEVEL = 60;

    /**
     * First match by prefix of the file name. What stands lower starts earlier and stops later: log records come out until
     * the end, and the listeners open when every provider is known and close before any provider goes.
     */
    private static final List<Level> LEVELS = List.of(
            new Level("org.apache.felix.log-", 1),
            new Level("org.osgi.", 1),
            new Level("org.switchboard.refresh-", 1),
            new Level("org.apache.felix.configadmin-", 2),
            new Level("org.apache.felix.scr-", 3),
            new Level("org.switchboard.api-", 4),
            new Level("org.switchboard.posix-", 4),
            new Level("org.switchboard.logging-", 5),
            new Level("org.apache.felix.gogo.", 7),
            // Before what reads the files, which it keeps from opening some.
            new Level("org.switchboard.deploy-", 7),
            new Level("org.apache.felix.fileinstall-", 8),
            new Level("org.switchboard.netty.transport-", 6),
            new Level("org.switchboard.netty-", 10),
            new Level("org.switchboard.ports-", 12),
            new Level("org.switchboard.limits-", 14),
            new Level("org.switchboard.access-", 14),
            new Level("org.switchboard.provider.", 20),
            new Level("org.switchboard.shell-", 40),
            new Level("org.switchboard.config.", 40),
            new Level("org.switchboard.control-", 44),
            new Level("org.switchboard.config-", 46),
            new Level("org.switchboard.dispatcher-", 50),
            new Level("org.apache.felix.metatype-", LAST_LEVEL));

    /** Installed, but started by the control bundle only when somebody attaches: the terminal costs 150 ms at every start. */
    private static final List<String> ON_DEMAND = List.of("jline-", "org.apache.felix.gogo.jline-");

    /** What a check does without: nothing is opened, watched or listened on. */
    private static final List<String> SERVING_ONLY = List.of("jline-", "org.apache.felix.gogo.jline-",
            "org.apache.felix.fileinstall-", "org.switchboard.deploy-", "org.switchboard.control-");

    private record Level(String prefix, int level) {
    }

    Bundles {
        jars = List.copyOf(jars);
    }

    static Bundles in(Path directory) throws LaunchException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().forEach(jars::add);
        } catch (IOException e) {
            throw new LaunchException("cannot read the bundles of the distribution: " + e);
        }
        if (jars.isEmpty()) {
            throw new LaunchException("there are no bundles in " + directory);
        }
        return new Bundles(jars);
    }

    /** Those that a check needs. */
    Bundles forCheck() {
        return new Bundles(jars.stream().filter(jar -> !matches(jar, SERVING_ONLY)).toList());
    }

    static int level(Path jar) {
        String name = jar.getFileName().toString();
        return LEVELS.stream().filter(level -> name.startsWith(level.prefix())).findFirst().map(Level::level)
                .orElse(DEFAULT_LEVEL);
    }

    static boolean onDemand(Path jar) {
        return matches(jar, ON_DEMAND);
    }

    private static boolean matches(Path jar, List<String> prefixes) {
        String name = jar.getFileName().toString();
        return prefixes.stream().anyMatch(name::startsWith);
    }

    /**
     * Differs as soon as a bundle is added, removed or replaced, or moved elsewhere. The time of modification would not tell:
     * a reproducible build gives all its files the same.
     */
    String fingerprint() throws LaunchException {
        StringBuilder all = new StringBuilder();
        try {
            for (Path jar : jars) {
                all.append(jar).append(' ').append(Files.size(jar)).append(' ')
                        .append(Files.getAttribute(jar, "unix:ctime")).append('\n');
            }
        } catch (IOException e) {
            throw new LaunchException("cannot read the bundles of the distribution: " + e);
        }
        return all.toString();
    }
}
