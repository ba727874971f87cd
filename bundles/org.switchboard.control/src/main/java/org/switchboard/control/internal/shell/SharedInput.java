package org.switchboard.control.internal.shell;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The terminal's input as one Gogo session sees it. Gogo turns it into a channel, and interrupting a command that reads closes
 * the channel for good; the terminal must outlive that.
 */
final class SharedInput extends FilterInputStream {

    private volatile boolean closed;

    SharedInput(InputStream in) {
        super(in);
    }

    /** Whether the session that uses it can read no more. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public int read() throws IOException {
        return closed ? -1 : super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return closed ? -1 : super.read(bytes, offset, length);
    }

    /** Closes the session's view, and not the terminal. */
    @Override
    public void close() {
        closed = true;
    }
}
