package org.switchboard.config.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.posix.SystemText;

/**
 * A file, read whole.
 *
 * @param text every byte of the file, see {@link SystemText}
 */
record TextFile(String text) {

    static final int MAX_BYTES = 4 << 20;

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final int SHOWN = 5;
    private static final int SHOWN_OF_UTF16 = 64;

    /** How long a pipe may take until its writer closes it. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @throws IOException whose message ends the sentence «the file …» */
    static TextFile read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("is not a regular file");
        }
        return readNow(file);
    }

    /**
     * Reads a pipe or a terminal as well, to its end.
     *
     * @throws IOException whose message ends the sentence «the file …»
     */
    static TextFile readAny(Path file) throws IOException {
        return Files.isRegularFile(file) || !Files.exists(file) ? readNow(file) : readWithin(file, PATIENCE);
    }

    /** Opening waits as well. A thread that waits in vain is left behind. */
    static TextFile readWithin(Path file, Duration patience) throws IOException {
        FutureTask<TextFile> reading = new FutureTask<>(() -> readNow(file));
        Thread reader = new Thread(reading, "switchboard reads " + file);
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("has not ended within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException("cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was not read to its end", e);
        }
    }

    private static TextFile readNow(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IOException("does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("may not be read by this user", e);
        } catch (IOException e) {
            throw new IOException("cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("is larger than " + MAX_BYTES + " bytes");
        }
        return decode(bytes);
    }

    private static TextFile decode(byte[] bytes) throws IOException {
        if (isUtf16(bytes)) {
            throw new IOException("is UTF-16 text, and must be UTF-8: 'iconv -f UTF-16 -t UTF-8' converts it");
        }
        return new TextFile(SystemText.decode(bytes));
    }

    /** By its byte order mark; without one, by every other byte of its beginning, which is 0 in text of ASCII. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        boolean mark = bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
        int zeros = 0;
        int pairs = Math.min(bytes.length, SHOWN_OF_UTF16) / 2;
        for (int i = 0; i < pairs; i++) {
            zeros += (bytes[2 * i] == 0) != (bytes[2 * i + 1] == 0) ? 1 : 0;
        }
        return mark || zeros == pairs;
    }

    /** Says where the first bytes are that are not UTF-8: a misprint, or meant; both reach the system as they are. */
    Optional<Finding> bytesFinding(String origin) {
        if (SystemText.isUnicode(text)) {
            return Optional.empty();
        }
        String[] lines = LINE_END.split(text, -1);
        int line = 0;
        while (SystemText.isUnicode(lines[line])) {
            line++;
        }
        return Optional.of(Finding.warning(new Origin(origin, line + 1), "bytes that are not UTF-8, here and maybe below: "
                + bytes(lines[line]) + "; programs and file names get them as they are"));
    }

    private static String bytes(String line) {
        return line.chars().filter(c -> !SystemText.isUnicode(Character.toString(c))).limit(SHOWN)
                .mapToObj(c -> SystemText.show(Character.toString(c))).collect(Collectors.joining(" "));
    }
}
