package org.switchboard.access.internal.request;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.switchboard.posix.AddressText;

/**
 * One end of the connection. Its name is looked up when a pattern or an expansion asks for it first, and not before: a list of
 * addresses costs no look-up. For one thread.
 *
 * <p>Source: hosts_access(5), and libwrap for what counts as a name that is known only after a look-up.
 */
public final class Party {

    public static final String UNKNOWN = "unknown";
    public static final String PARANOID = "paranoid";

    private final InetAddress inet;
    private final String address;
    private final int port;
    private final Names names;
    private Optional<String> name = Optional.empty();
    private boolean nameIsOpen;

    public Party(InetAddress inet, int port, Names names) {
        this.inet = inet;
        this.address = AddressText.of(inet);
        this.port = port;
        this.names = names;
    }

    public InetAddress inet() {
        return inet;
    }

    /** The address as {@code inet_ntop} writes it: {@code 192.0.2.7}, {@code fd00::7}; without a zone. */
    public String address() {
        return address;
    }

    public int port() {
        return port;
    }

    /** The name; {@link #UNKNOWN} if there is none, {@link #PARANOID} if it does not lead back to the address. */
    public String name() throws InterruptedException {
        if (name.isEmpty()) {
            Names.Found found = names.find(inet);
            nameIsOpen = found.failed();
            name = Optional.of(found.name().isEmpty() ? UNKNOWN : found.verified() ? found.name().get() : PARANOID);
        }
        return name.get();
    }

    public boolean hasKnownName() throws InterruptedException {
        return isKnown(name());
    }

    /** Whether the look-up of the name failed: the host may have one, though {@link #name} says that it has none. */
    public boolean nameIsOpen() throws InterruptedException {
        name();
        return nameIsOpen;
    }

    public boolean isIn(String netgroup) throws InterruptedException, UndecidedException {
        return names.inNetgroup(netgroup, name());
    }

    /** The name if it has been looked up and is known, the address otherwise. Looks nothing up. */
    public String info() {
        return name.filter(Party::isKnown).orElse(address);
    }

    private static boolean isKnown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.equals(UNKNOWN) && !lower.equals(PARANOID);
    }
}
