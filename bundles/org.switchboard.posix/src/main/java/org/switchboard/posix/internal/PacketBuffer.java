package org.switchboard.posix.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * One {@code struct msghdr} with everything it points to: a part of data, and a control message with one descriptor. Not
 * thread-safe.
 *
 * <p>Source: sendmsg(2), cmsg(3), unix(7); the layout of 64-bit Linux.
 */
final class PacketBuffer {

    private static final int PART = 64;
    private static final int CONTROL = 80;
    private static final int CONTROL_SPACE = 24;
    private static final int CONTROL_LENGTH = 20;
    private static final int DATA = 128;

    private final Memory memory;
    private final long address;

    PacketBuffer(int capacity) {
        memory = new Memory(DATA + (long) capacity);
        memory.clear(DATA);
        address = Pointer.nativeValue(memory);
        memory.setLong(16, address + PART);
        memory.setLong(24, 1);
        memory.setLong(PART, address + DATA);
        memory.setLong(CONTROL, CONTROL_LENGTH);
        memory.setInt(CONTROL + 8, LibC.SOL_SOCKET);
        memory.setInt(CONTROL + 12, LibC.SCM_RIGHTS);
    }

    /**
     * @param descriptor to go with it; -1 for none
     * @return the address of the msghdr
     */
    long fill(byte[] data, int descriptor) {
        memory.write(DATA, data, 0, data.length);
        memory.setLong(PART + 8, data.length);
        memory.setInt(CONTROL + 16, descriptor);
        memory.setLong(32, descriptor < 0 ? 0 : address + CONTROL);
        memory.setLong(40, descriptor < 0 ? 0 : CONTROL_SPACE);
        return address;
    }

    void close() {
        memory.close();
    }
}
