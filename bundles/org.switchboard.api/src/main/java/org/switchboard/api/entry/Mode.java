package org.switchboard.api.entry;

/** Who accepts. */
public enum Mode {
    /** The server accepts; every connection is a session of its own. */
    NOWAIT,
    /** The provider takes the listening or datagram socket itself; the server stops watching it until the provider ends. */
    WAIT
}
