package org.switchboard.provider.exec.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.log.Logger;

/**
 * Logs how programs ended that have the socket of their service: such a program is the service, and nobody else can say
 * that it went wrong. The same end of the same program is logged once a minute, with the number of those between.
 *
 * <p>Source: inetd(8).
 */
final class ExitLog {

    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int MOST = 1024;

    private final Logger log;
    private final InstantSource clock;
    private final Map<String, Repeated> known = new HashMap<>(); // guarded by this

    /** An end that was logged, and how often it came again since. */
    private static final class Repeated {
        private Instant logged = Instant.MIN;
        private long unlogged;
    }

    ExitLog(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param outcome {@code exit=1} or {@code signal=9}; another one is not logged */
    void ended(String program, String outcome) {
        if (outcome.startsWith("exit=") || outcome.startsWith("signal=")) {
            log(program + ": " + outcome.replace("exit=", "exit status ").replace("signal=", "exit signal "));
        }
    }

    private synchronized void log(String line) {
        if (known.size() > MOST) {
            known.clear();
        }
        Repeated repeated = known.computeIfAbsent(line, key -> new Repeated());
        Instant now = clock.instant();
        if (repeated.logged.isAfter(now.minus(SILENCE)) && !repeated.logged.isAfter(now)) {
            repeated.unlogged++;
            return;
        }
        if (repeated.unlogged > 0) {
            log.warn("{} (and {} more before)", line, repeated.unlogged);
        } else {
            log.warn("{}", line);
        }
        repeated.logged = now;
        repeated.unlogged = 0;
    }
}
