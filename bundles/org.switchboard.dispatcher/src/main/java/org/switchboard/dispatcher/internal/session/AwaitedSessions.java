package org.switchboard.dispatcher.internal.session;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.log.Logger;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;

/**
 * Waits for sessions when a provider or the dispatcher stops, and tells whoever stops it which they are: in the log, and on the
 * console that the command was typed at, if it runs on this thread. An interrupt of the thread ends the wait.
 */
public final class AwaitedSessions {

    /** What is over by then is not worth a word. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final int MOST_NAMED = 5;

    private final SessionRegistry sessions;
    private final Logger log;

    public AwaitedSessions(SessionRegistry sessions, Logger log) {
        this.sessions = sessions;
        this.log = log;
    }

    /** Waits for all sessions inside the server, as {@link SessionRegistry#drainAll}. */
    public void drainAll(Duration atMost) {
        String what = "the stop of the dispatcher";
        sessions.drainAll(atMost, QUIET, left -> tell(what, left, atMost.minus(QUIET)));
        tellIfInterrupted(what);
    }

    /** Waits until nobody uses the provider, as {@link ProviderHandle#awaitUnused}. */
    public boolean awaitUnused(ProviderHandle handle, Duration atMost) {
        if (QUIET.compareTo(atMost) >= 0) {
            return handle.awaitUnused(atMost);
        }
        if (handle.awaitUnused(QUIET)) {
            return true;
        }
        String what = "the stop of provider " + handle;
        if (!Thread.currentThread().isInterrupted()) {
            tell(what, sessions.list(handle), atMost.minus(QUIET));
        }
        boolean unused = handle.awaitUnused(atMost.minus(QUIET));
        tellIfInterrupted(what);
        return unused;
    }

    private void tell(String what, List<SessionDTO> left, Duration atMost) {
        String sentence = sentence(what, left, atMost);
        log.warn("{}", sentence);
        CallersConsole.print(sentence);
    }

    private void tellIfInterrupted(String what) {
        if (Thread.currentThread().isInterrupted()) {
            log.info("{}: the wait was interrupted; sessions are ended now", what);
        }
    }

    /**
     * @param what stops
     * @param atMost how long it still waits
     */
    static String sentence(String what, List<SessionDTO> sessions, Duration atMost) {
        boolean one = sessions.size() == 1;
        String named = sessions.stream().limit(MOST_NAMED).map(AwaitedSessions::name).collect(Collectors.joining(", "));
        int more = sessions.size() - MOST_NAMED;
        return what + " waits up to " + atMost.toSeconds() + " s for " + sessions.size() + (one ? " session" : " sessions") + " to end: "
                + named + (more > 0 ? " and " + more + " more" : "") + ". Ctrl-C ends the wait where the command runs on its console; "
                + "anywhere: inetd:end --kill " + (one ? sessions.get(0).number : "NUMBER");
    }

    private static String name(SessionDTO session) {
        return "#" + session.number + " " + session.service + " from " + session.remote;
    }
}
