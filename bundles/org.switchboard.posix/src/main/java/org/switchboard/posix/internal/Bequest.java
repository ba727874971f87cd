package org.switchboard.posix.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * What one version of this bundle leaves to the next. The two share no class, so it is text, and nothing of theirs outlives both
 * but the process: a system property, of this framework. Whoever takes the property away owns what it names.
 */
final class Bequest {

    private static final String PROPERTY = "org.switchboard.posix.held.";

    private final String name;

    Bequest(BundleContext context) {
        this(context.getProperty(Constants.FRAMEWORK_UUID));
    }

    /** @param framework what no other framework of this process is called */
    Bequest(String framework) {
        name = PROPERTY + framework;
    }

    /** @param kept with how long each may still wait for its next owner */
    void leave(Map<Kept, Duration> kept) {
        System.setProperty(name, kept.entrySet().stream().map(one -> one.getKey().toLine() + "\t" + one.getValue().toMillis())
                .collect(Collectors.joining("\n")));
    }

    /** What was left; empty if nothing was, or somebody else has it. */
    Map<Kept, Duration> claim() {
        Map<Kept, Duration> kept = new LinkedHashMap<>();
        Optional.ofNullable(System.clearProperty(name))
                .ifPresent(text -> text.lines().forEach(line -> kept.put(Kept.ofLine(line), timeLeft(line))));
        return kept;
    }

    /** Earlier versions of this class wrote no time. */
    private static Duration timeLeft(String line) {
        String[] words = line.split("\t");
        return words.length > Kept.WORDS ? Duration.ofMillis(Long.parseLong(words[Kept.WORDS])) : Duration.ZERO;
    }

    boolean isClaimed() {
        return System.getProperty(name) == null;
    }
}
