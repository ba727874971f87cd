package org.switchboard.provider.daytime.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The line of the daytime service, as ctime(3) writes it in the C locale: 26 bytes with CR and LF, the day of the month
 * padded with a space. Rendered once a second at most. Safe for use by several threads.
 */
final class DaytimeLine {

    /** The length of every line of the years 0 to 9999. */
    private static final int BYTES = 26;

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /** The line of one second; {@code text} is never changed. */
    private record Rendered(long second, byte[] text) {
    }

    private final ZoneId zone;
    private volatile Rendered last;

    DaytimeLine(ZoneId zone) {
        this.zone = zone;
        this.last = render(0);
    }

    /** The line for that time; the caller must not change it. */
    byte[] at(Instant time) {
        long second = time.getEpochSecond();
        Rendered line = last;
        if (line.second != second) {
            line = render(second);
            last = line;
        }
        return line.text;
    }

    private Rendered render(long second) {
        ZonedDateTime time = Instant.ofEpochSecond(second).atZone(zone);
        StringBuilder text = new StringBuilder(BYTES)
                .append(DAYS, 3 * time.getDayOfWeek().ordinal(), 3 * time.getDayOfWeek().ordinal() + 3).append(' ')
                .append(MONTHS, 3 * time.getMonth().ordinal(), 3 * time.getMonth().ordinal() + 3).append(' ');
        padded(text, time.getDayOfMonth(), ' ').append(' ');
        padded(text, time.getHour(), '0').append(':');
        padded(text, time.getMinute(), '0').append(':');
        padded(text, time.getSecond(), '0').append(' ');
        padded(text, time.getYear() / 100, '0');
        padded(text, time.getYear() % 100, '0').append("\r\n");
        return new Rendered(second, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static StringBuilder padded(StringBuilder text, int number, char pad) {
        if (number < 10) {
            text.append(pad);
        }
        return text.append(number);
    }
}
