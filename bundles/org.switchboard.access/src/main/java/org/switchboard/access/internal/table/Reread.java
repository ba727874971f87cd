package org.switchboard.access.internal.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.switchboard.access.internal.table.WholeFile.Content;
import org.switchboard.access.internal.table.WholeFile.Version;
import org.switchboard.posix.SystemText;

/**
 * What a file says, read again when the file has changed. A file that is not there says nothing. Safe for several
 * threads.
 */
public final class Reread<T> {

    private final Path path;
    private final Parser<T> parser;
    private final T nothing;
    private final Log log;
    private Version known = Version.NONE; // this and the rest: guarded by this
    private Optional<T> value = Optional.empty();
    private Fingerprint parsed = Fingerprint.NONE;
    private Optional<String> failure = Optional.empty();
    private long attempts;

    /** Makes the value of a text. */
    public interface Parser<T> {
        /** @throws IOException if it holds more than there is memory for */
        T parse(String text) throws IOException;
    }

    /** Is told when it changes whether the file can be read. */
    public interface Log {
        void unreadable(String why);

        /** @param attempts how often the file could not be read since it was said that it cannot */
        void readableAgain(Path path, long attempts);
    }

    /** Tells texts apart without keeping them. */
    private record Fingerprint(int length, long sum, int hash) {
        static final Fingerprint NONE = new Fingerprint(-1, 0, 0);

        static Fingerprint of(String text) {
            CRC32C sum = new CRC32C();
            sum.update(SystemText.encode(text));
            return new Fingerprint(text.length(), sum.getValue(), text.hashCode());
        }
    }

    /** @param nothing the value where there is no file */
    public Reread(Path path, Parser<T> parser, T nothing, Log log) {
        this.path = path;
        this.parser = parser;
        this.nothing = nothing;
        this.log = log;
    }

    /**
     * The value now.
     *
     * @throws UnreadableFileException if there is a file that cannot be read as a whole
     */
    public T now() throws UnreadableFileException {
        return now(true);
    }

    /** The same for a reader who asks often: a change right behind another one may be overlooked for a moment. */
    public T lately() throws UnreadableFileException {
        return now(false);
    }

    private synchronized T now(boolean certain) throws UnreadableFileException {
        try {
            Optional<Version> version = WholeFile.version(path);
            if (version.isEmpty()) {
                forget();
            } else if (value.isEmpty() || !version.get().unchangedSince(known, certain)) {
                read(version.get());
            }
            recovered();
            return value.orElse(nothing);
        } catch (IOException unreadable) {
            forget();
            throw failed(WholeFile.reason(unreadable));
        }
    }

    private void read(Version version) throws IOException {
        Content content = WholeFile.read(path, version);
        Fingerprint fingerprint = Fingerprint.of(content.text());
        if (value.isEmpty() || !fingerprint.equals(parsed)) {
            value = Optional.of(parser.parse(content.text()));
            parsed = fingerprint;
        }
        known = content.version();
    }

    private void forget() {
        known = Version.NONE;
        value = Optional.empty();
    }

    private UnreadableFileException failed(String why) {
        UnreadableFileException unreadable = new UnreadableFileException(path.toString(), why);
        if (!failure.equals(Optional.of(why))) {
            failure = Optional.of(why);
            attempts = 0;
            log.unreadable(unreadable.getMessage());
        }
        attempts++;
        return unreadable;
    }

    public Path path() {
        return path;
    }

    private void recovered() {
        if (failure.isPresent()) {
            failure = Optional.empty();
            log.readableAgain(path, attempts);
        }
    }
}
