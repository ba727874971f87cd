package org.switchboard.deploy.internal;

/** A file is not a bundle that could be installed; the message says why, without the name of the file. */
final class InvalidJarException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidJarException(String message) {
        super(message);
    }
}
