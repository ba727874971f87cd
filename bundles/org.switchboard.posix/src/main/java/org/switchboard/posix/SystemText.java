package org.switchboard.posix;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The bytes of file names, arguments and configuration files as Java text, and back to the same bytes. Text is UTF-8; a byte
 * that is not part of any UTF-8 character becomes the unpaired surrogate U+DC00 plus the byte, which no UTF-8 text holds.
 * What hands text to the system encodes it here and nowhere else, so that a name never becomes that of another file.
 *
 * <p>Source: PEP 383, "surrogateescape".
 */
public final class SystemText {

    private static final char FIRST_BYTE = '\uDC80';
    private static final char LAST_BYTE = '\uDCFF';
    private static final int BYTE = 0xFF;
    private static final int BASE = 0xDC00;

    private static final char LAST_ASCII = 0x7F;
    private static final Path ROOT = Path.of("/");

    private SystemText() {
    }

    /** The text for any bytes; {@link #encode} gives the same bytes back. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    public static String decode(byte[] bytes, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        CharBuffer out = CharBuffer.allocate(length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (BASE + (in.get() & BYTE)));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /** The bytes for the system. An unpaired surrogate that stands for no byte becomes the bytes of its number. */
    public static byte[] encode(String text) {
        if (isUnicode(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isByte(c)) {
                bytes.write(c & BYTE);
            } else if (isUnpaired(c)) {
                bytes.write(0xE0 | c >> 12);
                bytes.write(0x80 | c >> 6 & 0x3F);
                bytes.write(0x80 | c & 0x3F);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** The bytes and a 0 behind them, as C wants them. */
    public static byte[] terminated(String text) {
        return encode(text + '\0');
    }

    /**
     * The file of that name. Java's own way from text to a name goes through the locale of the server, in which the name may
     * become that of another file, or none.
     *
     * @throws InvalidPathException if there is a NUL in it
     */
    public static Path path(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "a NUL");
        }
        StringBuilder uri = new StringBuilder(text.startsWith("/") ? "file://" : "file:///");
        for (byte b : encode(text)) {
            uri.append(b == '/' ? "/" : String.format("%%%02X", b));
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        if (text.startsWith("/")) {
            return absolute;
        }
        return absolute.getNameCount() == 0 ? Path.of("") : absolute.subpath(0, absolute.getNameCount());
    }

    /** The text of the name of a file; {@link #path} gives the same file. */
    public static String text(Path path) {
        String text = path.toString();
        if (text.chars().allMatch(c -> c <= LAST_ASCII)) {
            return text;
        }
        String uri = ROOT.resolve(path).toUri().getRawPath();
        // A plus stays one in a path.
        byte[] bytes = URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        // An existing directory has a slash at its end.
        int start = path.isAbsolute() ? 0 : 1;
        int end = bytes[bytes.length - 1] == '/' ? bytes.length - 1 : bytes.length;
        return decode(bytes, start, end - start);
    }

    /** For people: what is not UTF-8 is written {@code \xe9}; all else stays. */
    public static String show(String text) {
        if (isUnicode(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isByte(c)) {
                shown.append(String.format("\\x%02x", c & BYTE));
            } else if (isUnpaired(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /** Whether every byte of the text belongs to a character. */
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(SystemText::isUnpaired);
    }

    private static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isByte(int codePoint) {
        return codePoint >= FIRST_BYTE && codePoint <= LAST_BYTE;
    }
}
