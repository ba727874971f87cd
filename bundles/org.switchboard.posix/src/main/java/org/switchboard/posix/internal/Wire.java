package org.switchboard.posix.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.switchboard.posix.Account;
import org.switchboard.posix.Launch;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SystemText;

/** What is said to the spawner and what it answers, byte for byte; {@code wire.h} says the same in C. */
final class Wire {

    static final int VERSION = 3;
    static final int MAX_REQUEST = 128 * 1024;
    static final int REPLY_SIZE = 40;
    static final int MAX_REPLIES = 32;

    private static final int HEADER = 64;
    private static final int LIMIT = 24;
    private static final int MAX_STRINGS = 8192;
    private static final int MAX_LIMITS = 64;
    private static final int START = 1;
    private static final int SIGNAL = 2;
    private static final int BECOME = 1;
    private static final int SET_UMASK = 2;

    private Wire() {
    }

    /** One answer; what the numbers mean depends on its kind. */
    record Reply(int kind, long id, long a, long b, long c) {
        static final int HELLO = 1;
        static final int STARTED = 2;
        static final int FAILED = 3;
        static final int ENDED = 4;
        static final int GIVEN_UP = 5;

        static Reply of(byte[] packet, int offset) {
            ByteBuffer buffer = ByteBuffer.wrap(packet, offset, REPLY_SIZE).slice().order(ByteOrder.nativeOrder());
            return new Reply(buffer.getInt(0), buffer.getLong(8), buffer.getLong(16), buffer.getLong(24), buffer.getLong(32));
        }
    }

    /**
     * The packet that asks for a start.
     *
     * @param limits to be set before those of the launch
     * @param timeout within which the program must be executed; else the launch is given up
     * @throws PosixException if it is too long for the spawner, or a text has a NUL in it
     */
    static byte[] start(long id, Launch launch, List<Launch.Limit> limits, Duration timeout) throws PosixException {
        List<Launch.Limit> allLimits = new ArrayList<>(limits);
        allLimits.addAll(launch.limits());
        List<byte[]> texts = texts(launch);
        List<Integer> groups = launch.account().map(Account::groups).orElse(List.of());
        long size = HEADER + (long) allLimits.size() * LIMIT + groups.size() * 4L;
        for (byte[] text : texts) {
            size += text.length + 1;
        }
        if (size > MAX_REQUEST || launch.argv().size() + launch.environment().size() > MAX_STRINGS
                || allLimits.size() > MAX_LIMITS) {
            throw new PosixException("start " + launch.program() + ": arguments, environment and groups are " + size
                    + " bytes, more than " + MAX_REQUEST + ", or more than " + MAX_STRINGS + " words", 0);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.nativeOrder());
        header(buffer, id, launch, allLimits.size(), groups.size(), timeout);
        allLimits.forEach(limit -> buffer.putLong(limit.resource()).putLong(limit.soft()).putLong(limit.hard()));
        groups.forEach(buffer::putInt);
        texts.forEach(text -> buffer.put(text).put((byte) 0));
        return buffer.array();
    }

    private static void header(ByteBuffer buffer, long id, Launch launch, int limits, int groups, Duration timeout) {
        int flags = (launch.account().isPresent() ? BECOME : 0) | (launch.umask().isPresent() ? SET_UMASK : 0);
        buffer.putInt(START).putInt(buffer.capacity()).putLong(id).putInt(flags);
        buffer.putInt(launch.account().map(Account::uid).orElse(0)).putInt(launch.account().map(Account::gid).orElse(0));
        buffer.putInt(launch.umask().orElse(0)).putInt(launch.nice()).putInt(limits).putInt(groups);
        buffer.putInt(launch.argv().size()).putInt(launch.environment().size()).putInt(0).putInt((int) timeout.toMillis()).putInt(0);
    }

    private static List<byte[]> texts(Launch launch) throws PosixException {
        List<String> texts = new ArrayList<>(List.of(launch.program(), launch.root().orElse(""), launch.directory()));
        texts.addAll(launch.argv());
        for (Map.Entry<String, String> variable : launch.environment().entrySet()) {
            texts.add(variable.getKey() + "=" + variable.getValue());
        }
        List<byte[]> encoded = new ArrayList<>();
        for (String text : texts) {
            if (text.indexOf('\0') >= 0) {
                throw new PosixException("start " + launch.program() + ": a NUL in its arguments or environment", LibC.EINVAL);
            }
            encoded.add(SystemText.encode(text));
        }
        return encoded;
    }

    /** The packet that asks for a signal to the program of that start. */
    static byte[] signal(long id, int number) {
        return ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder()).putInt(0, SIGNAL).putInt(4, HEADER).putLong(8, id)
                .putInt(52, number).array();
    }

    /** What the spawner was doing when it failed, for {@code step: reason}. */
    static String step(long step, Launch launch) {
        String who = launch.account().map(Account::name).orElse("");
        return switch ((int) step) {
            case 2 -> "fork for " + launch.program();
            case 3 -> "socket for " + launch.program();
            case 4 -> "setsid for " + launch.program();
            case 5 -> "nice " + launch.nice() + " for " + launch.program();
            case 6 -> "resource limits for " + launch.program();
            case 7 -> "chroot " + launch.root().orElse("");
            case 8 -> "chdir " + launch.directory();
            case 9 -> "setgroups for user '" + who + "'";
            case 10 -> "setgid " + launch.account().map(Account::gid).orElse(0) + " for user '" + who + "'";
            case 11 -> "setuid for user '" + who + "'";
            case 12 -> "root could not be given up for user '" + who + "'";
            case 13 -> "exec " + launch.program();
            case 14 -> "exec " + launch.program() + ": too many launches of it hang";
            default -> "request for " + launch.program();
        };
    }
}
