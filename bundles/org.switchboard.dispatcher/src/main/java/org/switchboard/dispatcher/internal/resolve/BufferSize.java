package org.switchboard.dispatcher.internal.resolve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchboard.api.entry.ServiceEntry;

/**
 * The options {@code sndbuf} and {@code rcvbuf}: the kernel's buffers of a socket, in bytes, or with {@code k} or {@code m}
 * behind the number in KiB or MiB.
 *
 * <p>Source: inetd.conf(5), NetBSD.
 */
final class BufferSize {

    static final String SEND_OPTION = "sndbuf";
    static final String RECEIVE_OPTION = "rcvbuf";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kKmM]?)");
    private static final int KIB = 1024;
    /** What the kernel, which doubles it, still takes as a number. */
    private static final long MOST = 1 << 30;

    private BufferSize() {
    }

    static int send(ServiceEntry entry) throws UnresolvedException {
        return of(entry, SEND_OPTION);
    }

    static int receive(ServiceEntry entry) throws UnresolvedException {
        return of(entry, RECEIVE_OPTION);
    }

    /** 0, for the system's own size, if the entry says nothing. */
    private static int of(ServiceEntry entry, String option) throws UnresolvedException {
        String text = entry.options().get(option);
        if (text == null) {
            return 0;
        }
        Matcher matcher = SIZE.matcher(text);
        if (matcher.matches()) {
            long size = Long.parseLong(matcher.group(1)) * switch (matcher.group(2)) {
                case "k", "K" -> KIB;
                case "m", "M" -> KIB * KIB;
                default -> 1;
            };
            if (size >= 1 && size <= MOST) {
                return (int) size;
            }
        }
        throw new UnresolvedException("option '" + option + "' must be a size from 1 to 1024m, not '" + text + "'");
    }
}
