package org.switchboard.deploy.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.switchboard.deploy.internal.file.FileStamp;

/** What is known of one file. Confined to the thread that watches, but for what is wrong with it. */
final class DeployedJar {

    private final Path file;
    private Optional<FileStamp> seen = Optional.empty();
    private Optional<String> handled = Optional.empty();
    private boolean waiting;
    private boolean unresolved;
    private boolean notStarted;
    private volatile String obstacle = "";
    private volatile String problem = "";

    DeployedJar(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Where the framework is told that the bundle comes from; FileInstall had the same. */
    String location() {
        return location(file);
    }

    /** The same of any file. */
    static String location(Path file) {
        return file.toFile().toURI().toString();
    }

    /** Remembers how the file looks. @return whether it looked like that the last time too */
    boolean isStill(FileStamp stamp) {
        boolean still = seen.filter(stamp::equals).isPresent();
        seen = Optional.of(stamp);
        return still;
    }

    boolean isHandled(FileStamp stamp) {
        return stamp.regular() && handled.filter(stamp.text()::equals).isPresent();
    }

    void handled(String stamp) {
        handled = Optional.of(stamp);
    }

    /** Before each attempt to install it. */
    void waitForNothing() {
        waiting = false;
        unresolved = false;
    }

    /** It is to be looked at once more though it does not change, when another file is gone. */
    void waitForAnother() {
        waiting = true;
    }

    void tryAgainIfWaiting() {
        if (waiting) {
            handled = Optional.empty();
        }
    }

    /** It is to be looked at once more though it does not change, when another bundle is there. */
    void waitForBundles() {
        unresolved = true;
    }

    void tryAgainIfUnresolved() {
        if (unresolved) {
            handled = Optional.empty();
        }
    }

    /**
     * What keeps the file itself from being read, for as long as it does.
     *
     * @param sentence empty for nothing
     * @return whether that is new
     */
    boolean obstacle(String sentence) {
        boolean isNew = !obstacle.equals(sentence);
        obstacle = sentence;
        return isNew;
    }

    /** @return whether that is new */
    boolean problem(String sentence) {
        boolean isNew = !problem.equals(sentence);
        problem = sentence;
        notStarted = false;
        return isNew;
    }

    /** The same, where its bundle is installed and does not run for that. */
    boolean notStarted(String sentence) {
        boolean isNew = problem(sentence);
        notStarted = true;
        return isNew;
    }

    boolean isNotStarted() {
        return notStarted;
    }

    /** What is wrong; empty if nothing is. Any thread. */
    String problem() {
        String now = obstacle;
        return now.isEmpty() ? problem : now;
    }
}
