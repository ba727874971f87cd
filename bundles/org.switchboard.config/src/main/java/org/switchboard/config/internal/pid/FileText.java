package org.switchboard.config.internal.pid;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads texts of a file as UTF-8 that FileInstall has read as ISO 8859-1, as it does unless told otherwise, and as Karaf leaves
 * it. A text that is not UTF-8 is left as it is, so that a file in ISO 8859-1 is read rightly too.
 */
final class FileText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FileText() {
    }

    /** The values of a configuration that comes from a file; others are returned as they are. */
    static Map<String, ?> read(Map<String, ?> properties) {
        if (!properties.containsKey(Pid.FILE)) {
            return properties;
        }
        Map<String, Object> read = new TreeMap<>();
        properties.forEach((key, value) ->
                read.put(withoutMark(text(key)), value instanceof String text ? text(text) : value));
        return read;
    }

    private static String withoutMark(String key) {
        return !key.isEmpty() && key.charAt(0) == BYTE_ORDER_MARK ? key.substring(1) : key;
    }

    private static String text(String text) {
        if (text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > 0xFF)) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin1) {
            return text;
        }
    }
}
