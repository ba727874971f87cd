package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Protocol;

/**
 * Where to listen: what stands before the last colon of the first column, alone on a line, or nowhere.
 *
 * @param addresses hosts and addresses as written, without brackets; an empty one means every address
 * @param unreadableLine the line that should have said it and could not be read; 0 if there is none
 */
record Hosts(List<String> addresses, int unreadableLine) {

    static final Hosts EVERY = new Hosts(List.of(""), 0);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]+|(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?");
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    Hosts {
        addresses = List.copyOf(addresses);
    }

    /** @param text one host, or several between commas; nothing and {@code *} mean every address */
    static Hosts read(Rules rules, Word word, String text) throws Misread {
        if (text.isEmpty() && !rules.has(Trait.HOST_EMPTY)) {
            throw new Misread(word, "no host stands before the colon in " + word.quoted() + ", which dialect '" + rules.name()
                    + "' needs");
        }
        List<String> addresses = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[] {"*"} : text.split(",", -1)) {
            boolean brackets = part.startsWith("[") && part.endsWith("]") && rules.has(Trait.HOST_BRACKETS);
            String host = brackets ? part.substring(1, part.length() - 1) : part;
            if (!host.equals("*") && !HOST.matcher(host).matches()) {
                throw new Misread(word, "host " + Word.quoted(part) + " in " + word.quoted() + " cannot be read");
            }
            addresses.add(host.equals("*") ? "" : host);
        }
        if (addresses.size() > 1 && !rules.has(Trait.HOST_LISTS)) {
            throw new Misread(word, "there are several hosts in " + word.quoted() + ", and dialect '" + rules.name()
                    + "' takes one");
        }
        return new Hosts(addresses, 0);
    }

    /**
     * What holds after a line that should have set the default host: nothing. Every address instead would open to the world
     * what was meant for one network.
     */
    static Hosts unreadable(int line) {
        return new Hosts(List.of(), line);
    }

    /** Complains if no host is known, or about a numeric address of the IP version that the protocol excludes. */
    void checkAgainst(Protocol protocol, Word word) throws Misread {
        if (unreadableLine > 0) {
            throw new Misread(word, "the host for " + word.quoted() + " is not known, since line " + unreadableLine
                    + " cannot be read");
        }
        for (String address : addresses) {
            boolean wrong = switch (protocol) {
                case TCP4, UDP4 -> address.contains(":");
                case TCP6, UDP6 -> isIpv4(address);
                default -> false;
            };
            if (wrong) {
                throw new Misread(word, "address " + Word.quoted(address) + " does not go with protocol '"
                        + protocol.text() + "'");
            }
        }
    }

    static boolean isIpv4(String address) {
        return IPV4.matcher(address).matches();
    }
}
