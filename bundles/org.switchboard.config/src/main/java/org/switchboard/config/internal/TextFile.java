package org.switchboard.config.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
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

    /** @throws IOException whose message ends the sentence «the file …» */
    static TextFile read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("is not a regular file");
        }
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

    private static TextFile decode(byte[] bytes) {
        return new TextFile(SystemText.decode(bytes));
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
