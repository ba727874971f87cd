package org.switchboard.control.internal.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the client typed and nobody has read yet: bounded, one thread types and one reads. */
final class Keyboard extends InputStream {

    private static final int TYPED_AHEAD = 64;
    private static final long PATIENCE_SECONDS = 30;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> typed = new ArrayBlockingQueue<>(TYPED_AHEAD);
    /** What the reader is in the middle of; its own. */
    private byte[] current = {};
    private int position;
    private boolean ended;

    /** Adds bytes, none at the end of input; waits while too many are unread. */
    void type(byte[] bytes) throws IOException {
        try {
            if (!typed.offer(bytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nothing reads what is typed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends the input now, whatever is unread. */
    void end() {
        while (!typed.offer(END)) {
            typed.clear();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (position == current.length && !fetch()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - position;
    }

    private boolean fetch() throws IOException {
        try {
            if (!ended) {
                current = typed.take();
                position = 0;
                ended = current.length == 0;
            }
            return !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
