package org.switchboard.karaf.internal;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Text for the console of Karaf, which prints in the charset of the JVM: {@code ?} for each character that it lacks, which are
 * all but ASCII under {@code LANG=C}. Such a character is shown as its bytes in UTF-8 instead, {@code caf\xc3\xa9}, as other
 * bytes that are no text.
 */
final class PrintableText {

    private PrintableText() {
    }

    static String of(String text, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(text)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().mapToObj(Character::toString)
                .forEach(character -> printable.append(encoder.canEncode(character) ? character : bytes(character)));
        return printable.toString();
    }

    private static String bytes(String character) {
        StringBuilder bytes = new StringBuilder();
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            bytes.append(String.format("\\x%02x", each));
        }
        return bytes.toString();
    }
}
