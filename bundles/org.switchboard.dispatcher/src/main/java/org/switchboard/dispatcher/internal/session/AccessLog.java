package org.switchboard.dispatcher.internal.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.log.Logger;
import org.switchboard.api.entry.ServiceEntry;

/**
 * One line for the start and the end of a session, at debug level, and for refusals, at info level; under a flood of refusals
 * the first of each second, with a count of those left out. A failure of an entry that happens again is logged once a
 * minute.
 */
public final class AccessLog {

    private static final Duration FLOOD_WINDOW = Duration.ofSeconds(1);
    private static final Duration REPEATED_FAILURE = Duration.ofMinutes(1);
    private static final int MOST_ENTRIES = 4096;

    private final Logger log;
    private final InstantSource clock;
    private final Map<String, RepeatedMessage> floods = new ConcurrentHashMap<>();
    private final Map<String, RepeatedMessage> failures = new ConcurrentHashMap<>();
    /** Whether sessions are logged, as it was at the second last asked; the log service takes microseconds to answer. */
    private volatile Wanted wanted = new Wanted(Long.MIN_VALUE, false);

    private record Wanted(long second, boolean debug) {
    }

    /** @param log the logger {@code switchboard.access} */
    public AccessLog(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    void started(LiveSession session) {
        if (isWanted(session.started())) {
            log.debug("START {} from={}", session, session.remoteText());
        }
    }

    void ended(LiveSession session, String outcome, String detail) {
        // A session that began in the second last asked about needs no look at the clock.
        boolean fresh = wanted.second == session.started().getEpochSecond();
        if (isWanted(fresh ? session.started() : clock.instant())) {
            double seconds = Duration.between(session.started(), clock.instant()).toMillis() / 1000.0;
            log.debug("END {} outcome={} secs={}{}", session, outcome, String.format(Locale.ROOT, "%.1f", seconds),
                    detail.isEmpty() ? "" : " " + detail);
        }
    }

    private boolean isWanted(Instant now) {
        Wanted known = wanted;
        if (known.second != now.getEpochSecond()) {
            known = new Wanted(now.getEpochSecond(), log.isDebugEnabled());
            wanted = known;
        }
        return known.debug;
    }

    /** Something went wrong with a session of that entry: in the provider, or before it was reached. */
    public void failed(ServiceEntry entry, Object session, String what) {
        message(failures, entry.id() + " " + what, REPEATED_FAILURE)
                .ifPresent(end -> log.warn("{}: {}{}", session, what, end));
    }

    private Optional<String> message(Map<String, RepeatedMessage> messages, String key, Duration silence) {
        if (messages.size() > MOST_ENTRIES) {
            messages.clear();
        }
        return messages.computeIfAbsent(key, entry -> new RepeatedMessage(clock, silence)).next();
    }

    void refused(ServiceEntry entry, String from, String reason) {
        message(floods, entry.id(), FLOOD_WINDOW)
                .ifPresent(end -> log.info("REFUSE {} from={} reason={}{}", entry.id(), from, reason, end));
    }
}
