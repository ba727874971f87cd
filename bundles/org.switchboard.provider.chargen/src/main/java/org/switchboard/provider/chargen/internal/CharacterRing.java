package org.switchboard.provider.chargen.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * The text of the character generator: a ring of the 95 printable ASCII characters, of which every line shows 72 and the
 * next line starts one further on. After 95 lines it begins again, so those are rendered once and sent over and over.
 */
final class CharacterRing {

    /** The number of different lines. */
    static final int LINES = '~' - ' ' + 1;
    /** The bytes of a line, with CR and LF. */
    static final int LINE_BYTES = 74;

    private static final int SHOWN = LINE_BYTES - 2;

    private final ByteBuffer lines;
    private final ByteBuf segment;

    CharacterRing() {
        // A direct buffer of the JDK, not of Netty's pool: it goes with its last user, whoever that is.
        ByteBuffer text = ByteBuffer.allocateDirect(LINES * LINE_BYTES);
        for (int line = 0; line < LINES; line++) {
            for (int column = 0; column < SHOWN; column++) {
                text.put((byte) (' ' + (line + column) % LINES));
            }
            text.put((byte) '\r').put((byte) '\n');
        }
        lines = text.flip().asReadOnlyBuffer();
        segment = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(text));
    }

    /** One line, counted from 0. */
    ByteBuffer line(int number) {
        return lines.slice(number * LINE_BYTES, LINE_BYTES);
    }

    /** All lines, as a buffer to write; needs no release. */
    ByteBuf all() {
        return segment.duplicate();
    }
}
