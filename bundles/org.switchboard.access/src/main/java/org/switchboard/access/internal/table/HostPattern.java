package org.switchboard.access.internal.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.request.Party;
import org.switchboard.access.internal.request.UndecidedException;

/**
 * Which hosts are meant. Looks the name of a host up only where the address alone does not say.
 *
 * <p>Source: hosts_access(5), PATTERNS; libwrap for the order in which a word is read one way or another.
 */
interface HostPattern {

    boolean matches(Party host) throws InterruptedException, UndecidedException;

    /**
     * What that word of a list means.
     *
     * @param complaints gets what is wrong with it, as a sentence; such a pattern matches nothing
     */
    static HostPattern parse(String word, Consumer<String> complaints) {
        if (word.startsWith("@")) {
            return host -> byName(host, named -> named.isIn(word.substring(1)));
        }
        if (word.startsWith("/")) {
            return HostFile.at(word, complaints);
        }
        switch (word.toUpperCase(Locale.ROOT)) {
            case "KNOWN":
                return host -> byName(host, Party::hasKnownName);
            case "LOCAL":
                return host -> byName(host, named -> named.hasKnownName() && named.name().indexOf('.') < 0);
            default:
                return address(word, complaints);
        }
    }

    private static HostPattern address(String word, Consumer<String> complaints) {
        int slash = word.indexOf('/');
        if (slash >= 0) {
            Optional<HostPattern> net = Net.parse(word.substring(0, slash), word.substring(slash + 1));
            if (net.isEmpty()) {
                complaints.accept("bad net/mask expression: " + word + "; it matches nothing");
            }
            return net.orElse(host -> false);
        }
        if (word.startsWith("[") && word.endsWith("]")) {
            Optional<byte[]> bytes = Net.v6(word.substring(1, word.length() - 1));
            if (bytes.isEmpty()) {
                complaints.accept("bad IPv6 address: " + word + "; it matches nothing");
            }
            return host -> bytes.isPresent() && Arrays.equals(host.inet().getAddress(), bytes.get());
        }
        // A word of digits and dots cannot be a name, so none is looked up for it.
        boolean numeric = word.matches("[0-9./]*");
        return host -> Text.matches(word, host.address())
                || !numeric && byName(host, named -> Text.matches(word, named.name()));
    }

    /** A host that has no name now because a look-up failed may have one that the pattern matches. */
    private static boolean byName(Party host, HostPattern pattern) throws InterruptedException, UndecidedException {
        boolean matches = pattern.matches(host);
        if (!matches && host.nameIsOpen()) {
            throw new UndecidedException("the name of " + host.address() + " could not be looked up");
        }
        return matches;
    }
}
