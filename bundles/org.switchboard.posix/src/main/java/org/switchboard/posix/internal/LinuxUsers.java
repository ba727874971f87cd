package org.switchboard.posix.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.Account;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SystemText;
import org.switchboard.posix.Users;

/** Users and groups through libc, so that whatever nsswitch.conf(5) names is asked. */
@Component
public final class LinuxUsers implements Users {

    private static final long MAX_ENTRY = 1 << 20;
    private static final int MAX_GROUPS = 65536;

    private final NativeParts parts;

    @Activate
    public LinuxUsers(@Reference NativeParts parts) {
        this.parts = parts;
    }

    /** struct passwd of glibc and musl on 64-bit Linux, as offsets. */
    private static final class Passwd {
        static final int SIZE = 48;
        static final int NAME = 0;
        static final int UID = 16;
        static final int GID = 20;
        static final int HOME = 32;
        static final int SHELL = 40;
    }

    /** struct group likewise. */
    private static final class Group {
        static final int SIZE = 32;
        static final int GID = 16;
    }

    private interface LookUp {
        /** One of the …_r functions: the errno, or 0 with result 0 for "there is none". */
        int call(Pointer entry, Pointer buffer, long length, long[] result);
    }

    private interface Reader<T> {
        T read(Pointer entry) throws PosixException;
    }

    @Override
    public Optional<Account> user(String name) throws IOException {
        parts.require();
        byte[] key = text(name);
        return find("user '" + name + "'", Passwd.SIZE,
                (entry, buffer, length, result) -> LibC.getpwnam_r(key, entry, buffer, length, result), LinuxUsers::account);
    }

    @Override
    public Optional<String> userName(int uid) throws IOException {
        parts.require();
        return find("user id " + Integer.toUnsignedString(uid), Passwd.SIZE,
                (entry, buffer, length, result) -> LibC.getpwuid_r(uid, entry, buffer, length, result),
                entry -> string(entry, Passwd.NAME));
    }

    @Override
    public OptionalInt group(String name) throws IOException {
        parts.require();
        byte[] key = text(name);
        Optional<Integer> gid = find("group '" + name + "'", Group.SIZE,
                (entry, buffer, length, result) -> LibC.getgrnam_r(key, entry, buffer, length, result),
                entry -> entry.getInt(Group.GID));
        return gid.isPresent() ? OptionalInt.of(gid.get()) : OptionalInt.empty();
    }

    @Override
    public int effectiveUser() throws IOException {
        parts.require();
        return LibC.geteuid();
    }

    private static <T> Optional<T> find(String what, int size, LookUp lookUp, Reader<T> reader) throws PosixException {
        try (Memory entry = new Memory(size)) {
            for (long length = 4096; length <= MAX_ENTRY; length *= 4) {
                try (Memory buffer = new Memory(length)) {
                    long[] result = new long[1];
                    int errno = lookUp.call(entry, buffer, length, result);
                    if (errno == LibC.ERANGE) {
                        continue;
                    }
                    if (errno == 0 && result[0] != 0) {
                        return Optional.of(reader.read(entry));
                    }
                    // Name services that are not there say so in several ways, see getpwnam(3).
                    if (errno == 0 || errno == LibC.ENOENT || errno == LibC.ESRCH) {
                        return Optional.empty();
                    }
                    throw Errors.of("look up " + what, errno);
                }
            }
        }
        throw Errors.of("look up " + what, LibC.ERANGE);
    }

    private static Account account(Pointer entry) throws PosixException {
        String name = string(entry, Passwd.NAME);
        int gid = entry.getInt(Passwd.GID);
        return new Account(name, entry.getInt(Passwd.UID), gid, groups(name, gid), string(entry, Passwd.HOME),
                string(entry, Passwd.SHELL));
    }

    private static List<Integer> groups(String name, int gid) throws PosixException {
        byte[] key = text(name);
        for (int capacity = 64; capacity <= MAX_GROUPS; capacity *= 4) {
            int[] groups = new int[capacity];
            int[] count = {capacity};
            if (LibC.getgrouplist(key, gid, groups, count) >= 0) {
                List<Integer> found = new ArrayList<>();
                for (int i = 0; i < count[0]; i++) {
                    found.add(groups[i]);
                }
                return found;
            }
        }
        throw new PosixException("user '" + name + "' is in more than " + MAX_GROUPS + " groups", 0);
    }

    private static String string(Pointer entry, int offset) {
        Pointer text = entry.getPointer(offset);
        return text == null ? "" : SystemText.decode(text.getByteArray(0, (int) text.indexOf(0, (byte) 0)));
    }

    private static byte[] text(String name) throws PosixException {
        if (name.indexOf('\0') >= 0) {
            throw new PosixException("a name with a NUL in it", LibC.EINVAL);
        }
        return SystemText.terminated(name);
    }
}
