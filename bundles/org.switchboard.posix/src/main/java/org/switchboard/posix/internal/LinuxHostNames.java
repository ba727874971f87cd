package org.switchboard.posix.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.AddressText;
import org.switchboard.posix.HostNames;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SystemText;

/** Names of hosts through libc, so that whatever nsswitch.conf(5) names is asked. */
@Component
public final class LinuxHostNames implements HostNames {

    /** Source: getnameinfo(3), NI_MAXHOST. */
    private static final int MAX_NAME = 1025;

    /** The answers that there is no name; all else is no answer. Source: netdb.h, EAI_NONAME, EAI_NODATA. */
    private static final Set<Integer> NO_NAME = Set.of(-2, -5);

    private final NativeParts parts;
    /** Netgroups are looked through with one cursor for the whole process, see innetgr(3). */
    private final Object netgroups = new Object();

    @Activate
    public LinuxHostNames(@Reference NativeParts parts) {
        this.parts = parts;
    }

    @Override
    public Optional<String> name(InetAddress address) throws IOException {
        parts.require();
        byte[] socketAddress = SocketAddresses.encode(address);
        byte[] name = new byte[MAX_NAME];
        int failure = LibC.getnameinfo(socketAddress, socketAddress.length, name, name.length, 0, 0, LibC.NI_NAMEREQD);
        if (failure != 0 && !NO_NAME.contains(failure)) {
            throw new PosixException("the name of " + AddressText.of(address) + " could not be looked up (EAI "
                    + failure + ")", 0);
        }
        return failure == 0 ? Optional.of(text(name)) : Optional.empty();
    }

    @Override
    public boolean inNetgroup(String netgroup, String host) throws IOException {
        parts.require();
        if (netgroup.indexOf('\0') >= 0 || host.indexOf('\0') >= 0) {
            throw new PosixException("a name with a NUL in it", LibC.EINVAL);
        }
        synchronized (netgroups) {
            return LibC.innetgr(bytes(netgroup), bytes(host), 0, 0) == 1;
        }
    }

    private static byte[] bytes(String text) {
        return SystemText.terminated(text);
    }

    private static String text(byte[] name) {
        int length = 0;
        while (name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }
}
