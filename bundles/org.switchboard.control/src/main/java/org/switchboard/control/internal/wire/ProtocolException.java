package org.switchboard.control.internal.wire;

import java.io.IOException;

/** The client does not keep to the protocol; its connection ends. The message says what it did. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
