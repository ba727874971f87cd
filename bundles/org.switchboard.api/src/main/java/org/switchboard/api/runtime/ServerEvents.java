package org.switchboard.api.runtime;

/**
 * What the server tells through the OSGi Event Admin, where there is one: topics, and the properties of their events. Events
 * are posted, not sent: they come later, in order, on a thread of the Event Admin. Those of sessions cost nothing while nobody
 * has subscribed to them.
 */
public final class ServerEvents {

    /** A port was opened: {@link #SERVICE}, {@link #ENDPOINT}. */
    public static final String OPENED = "org/switchboard/service/OPENED";
    /** A port was closed: {@link #SERVICE}, {@link #ENDPOINT}. */
    public static final String CLOSED = "org/switchboard/service/CLOSED";
    /** A session began: {@link #SERVICE}, {@link #SESSION}, {@link #REMOTE}, {@link #LOCAL}, {@link #PROVIDER}. */
    public static final String STARTED = "org/switchboard/session/STARTED";
    /** A session ended: the same, and {@link #OUTCOME}, {@link #DETAIL}, {@link #MILLIS}. */
    public static final String ENDED = "org/switchboard/session/ENDED";

    /** The id of the entry; a String. */
    public static final String SERVICE = "service";
    /** {@code 127.0.0.1:7007}, or a path; a String. */
    public static final String ENDPOINT = "endpoint";
    /** The number of the session; a Long. */
    public static final String SESSION = "session";
    /** The peer, {@code 192.0.2.7:4711}; a String, {@code -} where there is none. */
    public static final String REMOTE = "remote";
    /** The address that the peer came to; a String. */
    public static final String LOCAL = "local";
    /** The name of the provider; a String. */
    public static final String PROVIDER = "provider";
    /** {@code ok}, {@code reset}, {@code failed}, or the exit status of a program; a String. */
    public static final String OUTCOME = "outcome";
    /** Bytes, or what a program used, as in the log; a String that may be empty. */
    public static final String DETAIL = "detail";
    /** How long the session lasted; a Long. */
    public static final String MILLIS = "millis";

    private ServerEvents() {
    }
}
