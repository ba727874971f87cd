package org.switchboard.control.internal.wire;

import java.nio.charset.StandardCharsets;

/** One frame: its type, as on the wire, and its payload, which belongs to the frame. */
public record Frame(char type, byte[] payload) {

    /** The client's terminal. */
    public static final char TERMINAL = 'T';
    /** Run this command. */
    public static final char COMMAND = 'C';
    /** Start a shell. */
    public static final char SHELL = 'S';
    /** Typed into the shell. */
    public static final char INPUT = 'I';
    /** For the client's standard output. */
    public static final char OUTPUT = 'O';
    /** For the client's standard error. */
    public static final char ERROR = 'E';
    /** The exit code; the last frame. */
    public static final char EXIT = 'X';

    /** Most bytes in a payload. */
    public static final int MOST = 65536;

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
