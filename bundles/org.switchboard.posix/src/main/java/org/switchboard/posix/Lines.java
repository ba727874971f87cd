package org.switchboard.posix;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A line from a connected stream socket, without a thread that waits. Descriptors stay the caller's and are open until
 * the line is reported, which happens once, on a thread of this service that must not be blocked. {@link
 * Sockets#sendLast} answers.
 */
@ProviderType
public interface Lines {

    /** Why no more is read. */
    enum End {
        /** The end of the line was there. */
        LINE,
        /** The peer has closed its side. */
        END_OF_INPUT,
        /** The line has more bytes than it may have. */
        TOO_LONG,
        /** The time is over. */
        TIMEOUT,
        /** The connection is broken. */
        FAILED
    }

    /**
     * What was read, each byte as the character of that number, without the end of the line.
     *
     * @param end why no more was read
     */
    record Line(String text, End end) {
        public Line {
            Objects.requireNonNull(text);
            Objects.requireNonNull(end);
        }
    }

    /** Something that is going on. */
    @ProviderType
    interface Pending {
        /** Ends it; when this returns, nothing is reported any more. Doing so twice does nothing. */
        void cancel();

        /**
         * Whether a byte was taken out of the socket, so that nobody else could read the line from its beginning. To be asked
         * when it was cancelled.
         */
        default boolean hasTaken() {
            return true;
        }
    }

    /**
     * Reads one line and not one byte more: what follows it stays in the kernel, for whoever gets the socket then. A line ends
     * with LF, NUL, CR LF, even if that comes in pieces, or a CR that is followed by something else or by nothing at all.
     *
     * @param mostBytes how long the line may be, without its end
     * @param atMost for the whole line
     */
    Pending read(int fd, int mostBytes, Duration atMost, Consumer<Line> whenRead) throws IOException;
}
