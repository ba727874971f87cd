package org.switchboard.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The commands of the running server. The bundle that has them registers a {@link Function} from words to
 * {@code output} and {@code exit}, for only types of the JDK are the same on this side of the framework and on the other.
 */
final class Commands {

    /** How long the services may take to appear after the framework started. */
    private static final long PATIENCE_MILLIS = 5_000;

    private static final String FILTER =
            "(&(" + Constants.OBJECTCLASS + "=java.util.function.Function)(switchboard.commands=true))";

    private final BundleContext context;

    Commands(BundleContext context) {
        this.context = context;
    }

    /** Waits until the server serves, which it registers only after it has opened what the files say. */
    boolean awaitServing() throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, "org.switchboard.api.runtime.SuperServer", null);
        tracker.open();
        try {
            return tracker.waitForService(PATIENCE_MILLIS) != null;
        } finally {
            tracker.close();
        }
    }

    /** What a command printed, and its exit status. */
    record Answer(byte[] output, int exit) {
    }

    /** Runs a command; empty if nobody in the framework has commands. */
    Optional<Answer> run(String... words) throws InterruptedException {
        return run(Arrays.asList(words));
    }

    /** Runs a command; empty if nobody in the framework has commands. */
    Optional<Answer> run(List<String> words) throws InterruptedException {
        ServiceTracker<Function<List<String>, Map<String, Object>>, Function<List<String>, Map<String, Object>>> tracker =
                new ServiceTracker<>(context, filter(), null);
        tracker.open();
        try {
            return Optional.ofNullable(tracker.waitForService(PATIENCE_MILLIS)).map(commands -> answer(commands.apply(words)));
        } finally {
            tracker.close();
        }
    }

    private static org.osgi.framework.Filter filter() {
        try {
            return FrameworkUtil.createFilter(FILTER);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(Map<String, Object> result) {
        return new Answer((byte[]) result.get("output"), result.get("exit") instanceof Integer exit ? exit : 1);
    }
}
