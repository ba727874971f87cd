package org.switchboard.logging.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.log.LogLevel;

/**
 * What scripts look for in the system's log, in the words and the severity of the inetd that the server plays. The table has what
 * the family agrees on or is known for; everything else is said in our words, which tell more.
 *
 * <p>Source: inetd(8) of Debian, OpenBSD, netkit, GNU inetutils, busybox, FreeBSD and NetBSD.
 */
final class InetdWords {

    private static final String ORIGIN = "(?:.*: (?:error|warning): )?";
    /** The name of a service and its protocol, of an id: groups 1 and 2. */
    private static final String ID = "'?([^\\s/@']+)/([a-z0-9]+)(?:@[^\\s']+)?'?";
    private static final String DOWN = ORIGIN + ID + "(?: does not run|: failed|: held): ";
    private static final int TEN_MINUTES = 600;

    private final String dialect;
    private final List<Row> rows = new ArrayList<>();

    /** How many lines like this one were left out before, which inetd does not say. */
    private static final Pattern UNLOGGED = Pattern.compile(" \\(and \\d+ more before\\)$");

    private record Row(Pattern ours, LogLevel level, Function<MatchResult, String> theirs) {
    }

    /** @param dialect as the framework property {@code switchboard.dialect} names it; may be one that we do not know */
    InetdWords(String dialect) {
        this.dialect = dialect;
        row(DOWN + "port \\S+ is in use.*", LogLevel.ERROR,
                found -> service(found) + ": bind: Address already in use");
        row(DOWN + "bind \\S+: (.*)", LogLevel.ERROR, found -> service(found) + ": bind: " + found.group(3));
        row(DOWN + "unknown service '.*' for \\S+", LogLevel.ERROR, found -> service(found) + ": unknown service");
        row(ID + ": suspended until \\S+: (?:more than|its program ended) (\\d+) "
                + "(?:starts in|times in a row without) .*", LogLevel.ERROR, this::looping);
        row("\\S+#\\d+: exec (\\S+): (.*?)(?:; .*)?", LogLevel.ERROR, this::notExecuted);
        row("(/\\S+): exit (status|signal) (\\d+)", LogLevel.WARN, this::ended);
        row("cannot accept on (\\S+): (.*); trying again", LogLevel.WARN,
                found -> "accept (for " + found.group(1) + "): " + found.group(2));
        row("(.+?): error: the file does not exist(.*)", LogLevel.ERROR,
                found -> missing(found.group(1), "No such file or directory"));
        row("(.+?): error: the file may not be read by this user(.*)", LogLevel.ERROR,
                found -> missing(found.group(1), "Permission denied"));
        if (dialect.equals("netkit")) {
            row("files: opened=(\\d+) kept=0 updated=0 closed=0 failed=\\d+", LogLevel.INFO,
                    found -> "Online and ready (" + found.group(1) + " sockets)");
        }
        row("START ([^\\s/]+)/(\\w+)\\S* from=(\\S+?)(?::\\d+)?", LogLevel.INFO,
                found -> found.group(1) + " from " + found.group(3));
    }

    private void row(String ours, LogLevel level, Function<MatchResult, String> theirs) {
        rows.add(new Row(Pattern.compile(ours), level, theirs));
    }

    /** The record in their words, or in ours; without the name of a logger, which theirs do not have. */
    Record translated(Record record) {
        String text = record.lines().isEmpty() ? "" : UNLOGGED.matcher(record.lines().get(0)).replaceFirst("");
        for (Row row : rows) {
            Matcher matcher = row.ours().matcher(text);
            if (matcher.matches()) {
                return new Record(record.time(), row.level(), "", record.facility(), List.of(row.theirs().apply(matcher)));
            }
        }
        return new Record(record.time(), record.level(), "", record.facility(), record.lines());
    }

    /** In most of them {@code tcp} is what an id calls {@code tcp4}. */
    private String service(MatchResult found) {
        String protocol = found.group(2);
        boolean plain = protocol.endsWith("4") && !dialect.equals("debian")
                && !dialect.equals("switchboard");
        return found.group(1) + "/" + (plain ? protocol.substring(0, protocol.length() - 1) : protocol);
    }

    private String looping(MatchResult found) {
        String service = service(found);
        return switch (dialect) {
            case "netkit" -> service + " server failing (looping or being flooded), service terminated for 10 min";
            case "busybox" -> service + ": too many connections, pausing";
            case "netbsd" -> service + ": max spawn rate (" + found.group(3) + " in 60 seconds) already met; closing for "
                    + TEN_MINUTES + " seconds";
            case "freebsd", "gnu" -> service + " server failing (looping), service terminated";
            default -> service + " server failing (looping), service terminated for 10 min";
        };
    }

    private String notExecuted(MatchResult found) {
        return switch (dialect) {
            case "gnu", "freebsd" -> "cannot execute " + found.group(1) + ": " + found.group(2);
            case "busybox" -> "can't execute '" + found.group(1) + "': " + found.group(2);
            default -> "execv " + found.group(1) + ": " + found.group(2);
        };
    }

    private String ended(MatchResult found) {
        String program = found.group(1);
        int number = Integer.parseInt(found.group(3));
        boolean signal = found.group(2).equals("signal");
        return switch (dialect) {
            // The status as wait(2) has it.
            case "gnu" -> program + ": exit status 0x" + Integer.toHexString(signal ? number : number << 8);
            default -> found.group();
        };
    }

    private String missing(String file, String why) {
        return dialect.equals("freebsd") ? "Accessing " + file + ": " + why + ", continuing anyway." : file + ": " + why;
    }
}
