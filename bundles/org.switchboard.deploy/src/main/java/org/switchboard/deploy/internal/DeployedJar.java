package org.switchboard.deploy.internal;

import java.nio.file.Path;
import java.util.Optional;

/** What is known of one file. Confined to the thread that watches, but for the problem. */
final class DeployedJar {

    private final Path file;
    private Optional<FileStamp> seen = Optional.empty();
    private Optional<String> handled = Optional.empty();
    private boolean waiting;
    private volatile String problem = "";

    DeployedJar(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Where the framework is told that the bundle comes from; FileInstall had the same. */
    String location() {
        return file.toFile().toURI().toString();
    }

    /** Remembers how the file looks. @return whether it looked like that the last time too */
    boolean isStill(FileStamp stamp) {
        boolean still = seen.filter(stamp::equals).isPresent();
        seen = Optional.of(stamp);
        return still;
    }

    boolean isHandled(FileStamp stamp) {
        return handled.filter(stamp.text()::equals).isPresent();
    }

    void handled(String stamp) {
        handled = Optional.of(stamp);
        waiting = false;
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

    /** @return whether that is new */
    boolean problem(String sentence) {
        boolean isNew = !problem.equals(sentence);
        problem = sentence;
        return isNew;
    }

    /** What is wrong; empty if nothing is. Any thread. */
    String problem() {
        return problem;
    }
}
