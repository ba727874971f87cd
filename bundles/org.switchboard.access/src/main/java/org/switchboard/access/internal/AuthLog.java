package org.switchboard.access.internal;

import java.util.Optional;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.access.internal.option.Severity;
import org.switchboard.access.internal.request.Request;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Decisions in the words of the inetds, on the logger {@code switchboard.syslog.} and the facility; a log that knows facilities
 * takes it from there.
 *
 * <p>Source: inetd(8), Debian openbsd-inetd and FreeBSD: facility auth, info and warning.
 */
final class AuthLog {

    private static final String LOGGER = "switchboard.syslog.";
    private static final Severity ADMITTED = new Severity(Severity.AUTH, LogLevel.INFO);
    private static final Severity REFUSED = new Severity(Severity.AUTH, LogLevel.WARN);

    private final LoggerFactory loggers;

    AuthLog(LoggerFactory loggers) {
        this.loggers = loggers;
    }

    /** @param where the line's own choice, if it makes one */
    void admitted(Request request, ServiceEntry entry, Optional<Severity> where) {
        say(where.orElse(ADMITTED), "connection from " + who(request, entry));
    }

    void refused(Request request, ServiceEntry entry, Optional<Severity> where) {
        say(where.orElse(REFUSED), "refused connection from " + who(request, entry));
    }

    void twisted(Request request, String command, Optional<Severity> where) {
        say(where.orElse(REFUSED), "twist " + request.clientInfo() + " to " + command);
    }

    private static String who(Request request, ServiceEntry entry) {
        return request.clientInfo() + ", service " + request.daemon() + " (" + entry.protocol().text() + ")";
    }

    private void say(Severity where, String text) {
        Logger log = loggers.getLogger(LOGGER + where.facility());
        switch (where.level()) {
            case ERROR -> log.error("{}", text);
            case WARN -> log.warn("{}", text);
            case AUDIT -> log.audit("{}", text);
            case INFO -> log.info("{}", text);
            default -> log.debug("{}", text);
        }
    }
}
