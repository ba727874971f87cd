package org.switchboard.posix;

/** Somebody else has this address and port open. */
public final class AddressInUseException extends PosixException {

    private static final long serialVersionUID = 1L;

    public AddressInUseException(String message, int errno) {
        super(message, errno);
    }
}
