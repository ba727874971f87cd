package org.switchboard.api.entry;

/** The kind of socket that an entry listens on. */
public enum SocketType {
    /** Connections of bytes: TCP, or a Unix stream socket. */
    STREAM,
    /** Datagrams: UDP, or a Unix datagram socket. */
    DGRAM
}
