package org.switchboard.posix.internal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;

/** Takes a line out of a socket: looks at what is there, and takes only what belongs to the line. */
final class LineReading {

    private static final int CR_LF = 2;

    private final int fd;
    private final int most;
    private final Consumer<Line> whenRead;
    private final byte[] buffer;
    private final StringBuilder text = new StringBuilder();
    private boolean afterCr;
    private volatile boolean taken;

    LineReading(int fd, int most, Consumer<Line> whenRead) {
        this.fd = fd;
        this.most = most;
        this.whenRead = whenRead;
        this.buffer = new byte[most + CR_LF];
    }

    /** Looks once; never blocks. What reports the line, as soon as it is there. */
    Optional<Runnable> readable() {
        int there = (int) LibC.recv(fd, buffer, buffer.length, LibC.MSG_PEEK | LibC.MSG_DONTWAIT);
        if (there > 0) {
            return look(there);
        }
        if (there == 0) {
            return report(afterCr ? End.LINE : End.END_OF_INPUT);
        }
        int error = Errors.last();
        return error == LibC.EAGAIN || error == LibC.EINTR ? Optional.empty() : report(End.FAILED);
    }

    private Optional<Runnable> look(int there) {
        if (afterCr) {
            if (buffer[0] == '\n') {
                take(1);
            }
            return report(End.LINE);
        }
        int length = 0;
        while (length < there && buffer[length] != '\n' && buffer[length] != '\r' && buffer[length] != 0) {
            length++;
        }
        text.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        if (text.length() > most) {
            return report(End.TOO_LONG);
        }
        if (length == there) {
            take(length);
            return Optional.empty();
        }
        return atEnd(length, there);
    }

    /** At the byte that ends the line. A CR with nothing behind it may be half of an end. */
    private Optional<Runnable> atEnd(int length, int there) {
        boolean cr = buffer[length] == '\r';
        boolean more = length + 1 < there;
        take(length + (cr && more && buffer[length + 1] == '\n' ? CR_LF : 1));
        afterCr = cr && !more;
        return afterCr ? Optional.empty() : report(End.LINE);
    }

    private void take(int count) {
        taken = true;
        LibC.recv(fd, buffer, count, LibC.MSG_DONTWAIT);
    }

    /** Whether a byte was taken out of the socket. Any thread. */
    boolean hasTaken() {
        return taken;
    }

    void timeOut() {
        whenRead.accept(new Line(text.toString(), afterCr ? End.LINE : End.TIMEOUT));
    }

    private Optional<Runnable> report(End end) {
        Line line = new Line(text.toString(), end);
        return Optional.of(() -> whenRead.accept(line));
    }
}
