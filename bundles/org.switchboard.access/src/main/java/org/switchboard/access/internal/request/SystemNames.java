package org.switchboard.access.internal.request;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.switchboard.posix.HostNames;

/** Names as the system's name services know them; a name counts only if it leads back to the address. */
public final class SystemNames implements Names {

    private final HostNames names;
    private final LookUps lookUps;

    public SystemNames(HostNames names, LookUps lookUps) {
        this.names = names;
        this.lookUps = lookUps;
    }

    @Override
    public Found find(InetAddress address) throws InterruptedException {
        return lookUps.ask(() -> lookUp(address)).orElse(Found.FAILED);
    }

    private Found lookUp(InetAddress address) throws IOException {
        Optional<String> name = names.name(address);
        return name.isEmpty() ? Found.NOTHING : new Found(name, leadsTo(name.get(), address));
    }

    /** A name that is an address would lead back to whatever its owner likes. */
    private static boolean leadsTo(String name, InetAddress address) {
        if (name.indexOf(':') >= 0 || name.matches("[0-9.]*")) {
            return false;
        }
        try {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                if (Arrays.equals(each.getAddress(), address.getAddress())) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }

    @Override
    public boolean inNetgroup(String netgroup, String host) throws InterruptedException, UndecidedException {
        return lookUps.ask(() -> names.inNetgroup(netgroup, host)).orElseThrow(
                () -> new UndecidedException("the netgroup '" + netgroup + "' could not be looked up"));
    }
}
