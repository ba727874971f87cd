package org.switchboard.config.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;

/**
 * What the server was started with for entries that do not say otherwise.
 *
 * @param programs options of entries that run a program
 * @param internal options of entries that a provider serves
 * @param addresses where entries without an address listen; empty for every address
 */
record Defaults(Map<String, String> programs, Map<String, String> internal, List<String> addresses) {

    private static final String RATE = "service_max";

    static final Defaults NONE = new Defaults(Map.of(), Map.of(), List.of());

    Defaults {
        programs = Map.copyOf(programs);
        internal = Map.copyOf(internal);
        addresses = List.copyOf(addresses);
    }

    /**
     * @param programs {@code option=value}, several with blanks between them
     * @param internal the same
     * @param addresses hosts and addresses with blanks or commas between them
     * @param complaints told the words that are no options, which are left out
     */
    static Defaults of(String programs, String internal, String addresses, Consumer<String> complaints) {
        return new Defaults(options(programs, complaints), options(internal, complaints), words(addresses.replace(',', ' ')));
    }

    /**
     * The entry with its defaults: its own options count for more than those of the start, and those for more than the
     * dialect's; one entry for each address.
     */
    List<ServiceEntry> applyTo(ServiceEntry entry, Dialect dialect, Consumer<Finding> findings) {
        Map<String, String> options = new HashMap<>(dialect.defaults(entry));
        boolean counted = entry.isProgram() || options.containsKey(RATE);
        options.putAll(entry.isProgram() ? programs : internal);
        if (!counted) {
            // Nobody counts what costs no process: inetd's -R does not concern daytime.
            options.remove(RATE);
        }
        options.putAll(entry.options());
        boolean everywhere = addresses.isEmpty() || !entry.address().isEmpty()
                || entry.protocol().transport() == Transport.UNIX || options.containsKey("mux");
        if (everywhere) {
            return List.of(options.equals(entry.options()) ? entry : copy(entry, entry.address(), options));
        }
        List<ServiceEntry> copies = new ArrayList<>();
        for (String address : addresses) {
            if (suits(address, entry)) {
                copies.add(copy(entry, address, options));
            }
        }
        if (copies.isEmpty()) {
            findings.accept(Finding.error(entry.origin(), "protocol '" + entry.protocol().text() + "' does not go with address '"
                    + String.join(", ", addresses) + "', on which the server was told to listen; entry skipped"));
        }
        return copies;
    }

    private static boolean suits(String address, ServiceEntry entry) {
        return switch (entry.protocol()) {
            case TCP4, UDP4 -> address.indexOf(':') < 0;
            case TCP6, UDP6 -> address.indexOf(':') >= 0 || !isIpv4(address);
            default -> true;
        };
    }

    private static boolean isIpv4(String address) {
        return address.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    private static ServiceEntry copy(ServiceEntry entry, String address, Map<String, String> options) {
        Set<String> implied = new HashSet<>(options.keySet());
        implied.removeAll(entry.options().keySet());
        return new ServiceEntry(entry.name(), entry.socketType(), entry.protocol(), address, entry.port(), entry.mode(),
                entry.identity(), entry.provider(), entry.arguments(), options, implied, entry.origin());
    }

    private static Map<String, String> options(String text, Consumer<String> complaints) {
        Map<String, String> options = new HashMap<>();
        for (String word : words(text)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            } else {
                complaints.accept(word);
            }
        }
        return options;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }
}
