package org.switchboard.deploy.internal.file;

/** A file is not a bundle that could be installed; the message says why, without the name of the file. */
public final class InvalidJarException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidJarException(String message) {
        super(message);
    }
}
