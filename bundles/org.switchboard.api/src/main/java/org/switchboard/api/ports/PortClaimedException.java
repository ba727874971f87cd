package org.switchboard.api.ports;

/** The port is reserved for somebody else inside this server; the message names them. */
public final class PortClaimedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message {@code port 7007/tcp is already claimed by 'echo' (inetd.conf:12)} */
    public PortClaimedException(String message) {
        super(message);
    }
}
