package org.switchboard.access.internal.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a file says, read again when the file has changed. A file that is not there says nothing; nor does one that cannot be
 * read, and that is told, once. Safe for several threads.
 */
public final class Reread<T> {

    private static final long MAX_BYTES = 4 << 20;
    /** A file written to twice within a tick of its clock looks unchanged, so a young one is read every time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Path path;
    private final Function<String, T> parser;
    private final T nothing;
    private final Consumer<String> failures;
    private Version known = Version.NONE; // this and the rest: guarded by this
    private Optional<T> value = Optional.empty();
    private String lastText = "";
    private String lastFailure = "";

    private record Version(FileTime modified, long size, Object key, boolean settled) {
        static final Version NONE = new Version(FileTime.fromMillis(0), -1, "", false);

        static Version of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            boolean settled = now.lastModifiedTime().toInstant().plus(SETTLED).isBefore(Instant.now());
            return new Version(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()).orElse(""), settled);
        }
    }

    /**
     * @param parser makes the value, whatever the text
     * @param nothing the value where there is no file
     * @param failures told why the file cannot be read
     */
    public Reread(Path path, Function<String, T> parser, T nothing, Consumer<String> failures) {
        this.path = path;
        this.parser = parser;
        this.nothing = nothing;
        this.failures = failures;
    }

    /** The value now. */
    public synchronized T now() {
        try {
            Version version = Version.of(path);
            if (value.isEmpty() || !version.settled || !version.equals(known)) {
                if (version.size > MAX_BYTES) {
                    throw new IOException("more than " + MAX_BYTES + " bytes");
                }
                read(version);
            }
            lastFailure = "";
        } catch (NoSuchFileException absent) {
            forget();
            lastFailure = "";
        } catch (IOException unreadable) {
            forget();
            fail("cannot open " + path + ": " + reason(unreadable));
        }
        return value.orElse(nothing);
    }

    private void read(Version version) throws IOException {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        known = version;
        if (value.isEmpty() || !text.equals(lastText)) {
            lastText = text;
            value = Optional.of(parser.apply(text));
        }
    }

    private void forget() {
        known = Version.NONE;
        value = Optional.empty();
    }

    private void fail(String failure) {
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            failures.accept(failure);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "Permission denied" : failure.toString();
    }
}
