package org.switchboard.control.internal.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client says about its terminal: type, as in {@code TERM}, and size in characters. */
public record TerminalState(String type, int columns, int rows) {

    /** Where there is no terminal: plain text in lines of any length. */
    public static final TerminalState NONE = new TerminalState("dumb", 0, 0);

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9][A-Za-z0-9+._-]{0,63}) ([0-9]{1,4}) ([0-9]{1,4})");

    /** Reads the payload of a {@code T} frame. */
    public static TerminalState of(Frame frame) throws ProtocolException {
        Matcher matcher = FORM.matcher(frame.text());
        if (!matcher.matches()) {
            throw new ProtocolException("a terminal is told as 'type columns rows'");
        }
        return new TerminalState(matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }
}
