package org.switchboard.access.internal.table;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An IPv4 address written as the C library writes it: a client has it if the texts are equal, and otherwise not. So it
 * can be compared as a number.
 */
final class PlainAddress {

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int PARTS = 4;
    private static final int MAX_PART = 255;
    private static final int LONGEST = "255.255.255.255".length();

    private PlainAddress() {
    }

    static OptionalInt parse(String word) {
        // Most words are none, or too long to be one.
        if (word.isEmpty() || word.length() > LONGEST || !Character.isDigit(word.charAt(0))) {
            return OptionalInt.empty();
        }
        String[] parts = word.split("\\.", -1);
        int address = 0;
        for (String part : parts) {
            if (parts.length != PARTS || !DECIMAL.matcher(part).matches() || Integer.parseInt(part) > MAX_PART) {
                return OptionalInt.empty();
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return OptionalInt.of(address);
    }

    static OptionalInt of(InetAddress address) {
        return address instanceof Inet4Address ? OptionalInt.of(ByteBuffer.wrap(address.getAddress()).getInt())
                : OptionalInt.empty();
    }
}
