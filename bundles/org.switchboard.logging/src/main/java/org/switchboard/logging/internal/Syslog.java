package org.switchboard.logging.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.log.LogLevel;
import org.switchboard.posix.UnixDatagrams.Outlet;

/**
 * The system's log, through a datagram socket such as {@code /dev/log}: with an ident and our
 * process id, one datagram for each line. While nobody listens there, records go to another sink, and one of them says so.
 *
 * <p>Source: RFC 3164, in the local form without a host name that syslog(3) sends.
 */
final class Syslog implements Sink {

    /** Opens the way to the system's log. */
    interface Connector {
        Outlet connect() throws IOException;
    }

    /** Source: RFC 3164, section 4.1. */
    private static final int MAX_DATAGRAM = 1024;
    /** The facilities by their numbers; those without a name are the kernel's, or nobody's. Source: syslog(3). */
    private static final List<String> FACILITIES = List.of("kern", "user", "mail", Record.DAEMON, "auth", "syslog", "lpr", "news", "uucp",
            "cron", "authpriv", "ftp", "", "", "", "", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7");
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Connector connector;
    private final Sink fallback;
    private final InstantSource clock;
    private final DateTimeFormatter time;
    private final String ident;
    private final UnaryOperator<Record> words;

    private Optional<Outlet> outlet = Optional.empty();
    private Instant nextAttempt = Instant.MIN;
    private boolean complained;

    /** @param words what to say instead of a record; one without the name of a logger is said without */
    Syslog(Connector connector, Sink fallback, InstantSource clock, ZoneId zone, String ident, long pid, UnaryOperator<Record> words) {
        this.connector = connector;
        this.fallback = fallback;
        this.clock = clock;
        this.time = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(zone);
        this.ident = " " + ident + "[" + pid + "]: ";
        this.words = words;
    }

    @Override
    public void write(Record record) {
        Record said = words.apply(record);
        for (String line : said.lines()) {
            if (!send(datagram(said, line))) {
                fallback.write(record);
                return;
            }
        }
    }

    private byte[] datagram(Record record, String line) {
        String name = record.logger().isEmpty() ? "" : record.logger() + ": ";
        int known = FACILITIES.indexOf(record.facility());
        int facility = known >= 0 ? known : FACILITIES.indexOf(Record.DAEMON);
        String head = "<" + (facility << 3 | severity(record.level())) + ">" + time.format(record.time()) + ident;
        return cut((head + name + line).getBytes(StandardCharsets.UTF_8));
    }

    private static int severity(LogLevel level) {
        return switch (level) {
            case AUDIT -> 5;
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE -> 7;
        };
    }

    /** Not in the middle of a character. */
    private static byte[] cut(byte[] text) {
        if (text.length <= MAX_DATAGRAM) {
            return text;
        }
        int end = MAX_DATAGRAM;
        while ((text[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    /** A daemon that was restarted has a new socket: a failure gets a second try on a new connection. */
    private boolean send(byte[] datagram) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Optional<Outlet> way = connected();
            if (way.isEmpty()) {
                return false;
            }
            try {
                way.get().send(datagram);
                return true;
            } catch (IOException e) {
                way.get().close();
                outlet = Optional.empty();
            }
        }
        return false;
    }

    private Optional<Outlet> connected() {
        if (outlet.isEmpty() && !clock.instant().isBefore(nextAttempt)) {
            try {
                outlet = Optional.of(connector.connect());
                complained = false;
            } catch (IOException e) {
                nextAttempt = clock.instant().plus(RETRY);
                complain(e);
            }
        }
        return outlet;
    }

    private void complain(IOException e) {
        if (!complained) {
            complained = true;
            fallback.write(new Record(clock.instant(), LogLevel.WARN, "Syslog",
                    List.of("cannot reach syslog: " + e.getMessage() + "; logging to standard error until it is there")));
        }
    }

    @Override
    public void close() {
        outlet.ifPresent(Outlet::close);
        fallback.close();
    }
}
