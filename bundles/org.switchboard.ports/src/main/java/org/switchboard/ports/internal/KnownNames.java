package org.switchboard.ports.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchboard.api.entry.Protocol.Transport;

/**
 * The names of a file in the form of services(5): exact case, the first line that matches wins, whether by name or by alias.
 *
 * <p>Source: services(5), getservbyname(3).
 */
final class KnownNames {

    private static final int MAX_PORT = 65535;

    private final Map<String, NamedPort> byName = new HashMap<>();
    private final Map<String, NamedPort> byPort = new HashMap<>();

    KnownNames(String text) {
        for (NamedPort named : parse(text)) {
            Stream.concat(Stream.of(named.name()), named.aliases().stream())
                    .forEach(name -> byName.putIfAbsent(key(name, named.transport()), named));
            byPort.putIfAbsent(key(named.port(), named.transport()), named);
        }
    }

    /** The line of a name or alias. */
    Optional<NamedPort> named(String nameOrAlias, Transport transport) {
        return Optional.ofNullable(byName.get(key(nameOrAlias, transport)));
    }

    /** The first line of a port. */
    Optional<NamedPort> numbered(int port, Transport transport) {
        return Optional.ofNullable(byPort.get(key(port, transport)));
    }

    private static String key(Object what, Transport transport) {
        return transport + " " + what;
    }

    /** Lines that are not in the form, and protocols that nothing listens on here, are passed over as the C library does. */
    private static List<NamedPort> parse(String text) {
        List<NamedPort> names = new ArrayList<>();
        text.lines().forEach(line -> {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            int slash = words.length < 2 ? -1 : words[1].indexOf('/');
            if (slash > 0 && words[1].substring(0, slash).matches("\\d{1,5}")) {
                int port = Integer.parseInt(words[1].substring(0, slash));
                transport(words[1].substring(slash + 1)).filter(known -> port <= MAX_PORT).ifPresent(known ->
                        names.add(new NamedPort(words[0], port, known, List.of(words).subList(2, words.length))));
            }
        });
        return names;
    }

    private static Optional<Transport> transport(String word) {
        return Stream.of(Transport.TCP, Transport.UDP).filter(transport -> transport.text().equals(word)).findFirst();
    }
}
