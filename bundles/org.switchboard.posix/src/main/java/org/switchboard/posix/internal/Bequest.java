package org.switchboard.posix.internal;

import java.util.List;
import java.util.Optional;
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

    void leave(List<String> lines) {
        System.setProperty(name, String.join("\n", lines));
    }

    /** What was left; empty if nothing was, or somebody else has it. */
    List<String> claim() {
        return Optional.ofNullable(System.clearProperty(name)).map(text -> List.of(text.split("\n"))).orElse(List.of());
    }

    boolean isClaimed() {
        return System.getProperty(name) == null;
    }
}
