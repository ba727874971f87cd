package org.switchboard.config.internal.pid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.posix.SystemText;

/** Reads one configuration into the entries it means, one for each address, with the checks that a line of a file gets. */
final class EntryReader {

    private static final Set<String> COLUMNS = Set.of("name", "protocol", "type", "address", "port", "mode", "user", "group",
            "provider", "program", "argv0", "arguments", "enabled");
    /** Keys of the containers, which are no business of ours. Those of other dotted names are a mistake. */
    private static final Pattern FOREIGN = Pattern.compile("\\..*|:.*|(service|component|osgi|felix|org\\.apache|org\\.osgi|"
            + "aries|webconsole|objectClass)(\\..*)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]+|(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?");
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final int MAX_PORT = 65535;
    private static final int MAX_UNIX_PATH_BYTES = 107;

    private final Attributes attributes;
    private final Pid pid;

    private EntryReader(Pid pid, Map<String, ?> properties) {
        this.pid = pid;
        this.attributes = new Attributes(properties, pid.origin());
    }

    /** Never throws for anything in the configuration. */
    static Reading read(String pid, Map<String, ?> properties) {
        EntryReader reader = new EntryReader(Pid.of(pid, properties), FileText.read(properties));
        List<ServiceEntry> entries = reader.entries();
        if (reader.attributes.failed()) {
            List<Finding> findings = List.copyOf(reader.attributes.findings());
            return new Reading(new Parsed(List.of(), findings), Optional.of(reader.rejected(findings)));
        }
        return new Reading(new Parsed(entries, reader.attributes.findings()), Optional.empty());
    }

    /** What of it can be shown. What cannot be read is as it was written. */
    private RejectedEntry rejected(List<Finding> findings) {
        List<String> sentences = findings.stream()
                .sorted(Comparator.comparing(Finding::severity)).map(Finding::message).toList();
        int port = attributes.number("port", 0, MAX_PORT).orElse(0);
        List<String> addresses = attributes.words("address", WordCutter.COMMAS);
        String address = addresses.size() == 1 ? addresses.get(0) : "";
        return new RejectedEntry(calledAs(port), attributes.text("protocol", "tcp"), address, port,
                attributes.text(attributes.has("program") ? "program" : "provider"), attributes.origin(), sentences.get(0),
                sentences.subList(1, sentences.size()));
    }

    private String calledAs(int port) {
        String other = pid.alias().orElse(port == 0 ? pid.pid() : Integer.toString(port));
        return attributes.text("name", other);
    }

    private List<ServiceEntry> entries() {
        pid.nameless().ifPresent(attributes::error);
        Protocol protocol = protocol();
        String name = name(protocol);
        SocketType type = type(protocol);
        OptionalInt port = port(name, protocol);
        boolean program = attributes.has("program");
        Mode mode = mode(program, type);
        Identity identity = identity(program);
        Map<String, String> options = options();
        List<String> addresses = addresses(protocol);
        String server = program ? program() : provider(name);
        List<String> arguments = attributes.words("arguments", WordCutter.BLANKS);
        List<ServiceEntry> entries = new ArrayList<>();
        if (attributes.failed()) {
            return entries;
        }
        for (String address : addresses) {
            ServiceEntry.Builder entry = ServiceEntry.builder(name, protocol, attributes.origin()).socketType(type)
                    .address(address).mode(mode).identity(identity).options(options);
            port.ifPresent(entry::port);
            if (program) {
                List<String> argv = new ArrayList<>(arguments);
                argv.add(0, attributes.text("argv0", server.substring(server.lastIndexOf('/') + 1)));
                entry.program(server, argv);
            } else {
                entry.provider(server, arguments);
            }
            entries.add(entry.build());
        }
        return entries;
    }

    private Protocol protocol() {
        String text = attributes.text("protocol", "tcp");
        return Protocol.of(text).orElseGet(() -> {
            attributes.error("unknown protocol '" + text + "'");
            return Protocol.TCP;
        });
    }

    /** The alias is the name unless one is given, and without an alias the port. */
    private String name(Protocol protocol) {
        String name = attributes.text("name", pid.alias().orElseGet(() -> attributes.text("port")));
        if (name.isEmpty()) {
            attributes.error("'name' is missing");
        } else if (protocol == Protocol.UNIX && !name.startsWith("/")) {
            attributes.error("socket '" + name + "' is not an absolute path, as protocol 'unix' needs");
        } else if (protocol == Protocol.UNIX && SystemText.encode(name).length > MAX_UNIX_PATH_BYTES) {
            attributes.error("the path of a Unix socket has " + MAX_UNIX_PATH_BYTES + " bytes at most, and '" + name
                    + "' has more");
        } else if (protocol != Protocol.UNIX && (name.startsWith("/") || name.chars().anyMatch(Character::isWhitespace))) {
            attributes.error("service '" + name + "' is neither a name nor a port");
        }
        return NUMBER.matcher(name).matches() ? Integer.toString(Integer.parseInt(name)) : name;
    }

    private SocketType type(Protocol protocol) {
        String otherwise = protocol.transport() == Transport.UDP ? "dgram" : "stream";
        String text = attributes.text("type", otherwise);
        SocketType type = text.equals("dgram") ? SocketType.DGRAM : SocketType.STREAM;
        if (!text.equals("dgram") && !text.equals("stream")) {
            attributes.error("unknown socket type '" + text + "'");
        } else if (!ServiceEntry.agree(type, protocol.transport())) {
            attributes.error("socket type '" + text + "' does not go with protocol '" + protocol.text() + "'");
        }
        return type;
    }

    private OptionalInt port(String name, Protocol protocol) {
        OptionalInt port = attributes.number("port", 0, MAX_PORT);
        if (protocol == Protocol.UNIX && port.isPresent()) {
            attributes.error("'port' does not go with protocol 'unix'");
        }
        if (port.isPresent() || !NUMBER.matcher(name).matches()) {
            return port;
        }
        int number = Integer.parseInt(name);
        if (number > MAX_PORT) {
            attributes.error("port '" + name + "' is not in 0 to " + MAX_PORT);
            return port;
        }
        return OptionalInt.of(number);
    }

    /** As a line of a file has it: a provider inside the server never gets the listening socket. */
    private Mode mode(boolean program, SocketType type) {
        String text = attributes.text("mode", "nowait");
        if (!text.equals("wait") && !text.equals("nowait")) {
            attributes.error("'mode' must be 'wait' or 'nowait', not '" + text + "'");
        }
        if (text.equals("wait") && !program && type == SocketType.STREAM) {
            attributes.warning("'wait' does not go with a provider on a stream socket; served as 'nowait'");
        }
        return text.equals("wait") && program ? Mode.WAIT : Mode.NOWAIT;
    }

    /** A program runs as nobody else than who is named: the server's own user, often root, has to be asked for. */
    private Identity identity(boolean program) {
        String user = attributes.text("user");
        String group = attributes.text("group");
        if (user.isEmpty() && program) {
            attributes.error("'user' is missing, as whom the program runs; '-' is the server's own");
        } else if (user.isEmpty() && !group.isEmpty()) {
            attributes.error("'group' does nothing without 'user'");
        } else if (user.equals("-") && !group.isEmpty()) {
            attributes.error("user '-' is the server's own with its own groups; 'group' names another");
        }
        if (user.isEmpty()) {
            return Identity.server();
        }
        return new Identity(user, group.isEmpty() ? Optional.empty() : Optional.of(group));
    }

    private List<String> addresses(Protocol protocol) {
        List<String> written = attributes.words("address", WordCutter.COMMAS);
        if (protocol == Protocol.UNIX && !written.isEmpty()) {
            attributes.error("'address' does not go with protocol 'unix'");
        }
        List<String> addresses = new ArrayList<>();
        for (String text : written.isEmpty() ? List.of("*") : written) {
            String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            String version = protocol.text();
            if (!host.equals("*") && !HOST.matcher(host).matches()) {
                attributes.error("address '" + text + "' cannot be read");
            } else if (version.endsWith("p4") && host.contains(":") || version.endsWith("p6") && IPV4.matcher(host).matches()) {
                attributes.error("address '" + text + "' does not go with protocol '" + version + "'");
            }
            addresses.add(host.equals("*") ? "" : host);
        }
        return addresses.stream().distinct().toList();
    }

    private String program() {
        String path = attributes.text("program");
        if (!path.startsWith("/") || path.endsWith("/")) {
            attributes.error("program '" + path + "' is not an absolute path of a file");
        }
        if (attributes.has("provider")) {
            attributes.error("'program' and 'provider' exclude each other");
        }
        return path;
    }

    private String provider(String name) {
        String provider = attributes.text("provider", name);
        if (provider.equals(ServiceEntry.EXEC)) {
            attributes.error("provider 'exec' names no program; 'program' does");
        } else if (!attributes.has("provider") && (name.startsWith("/") || NUMBER.matcher(name).matches())) {
            attributes.error("'provider' or 'program' is missing, since '" + name + "' is no provider");
        }
        return provider;
    }

    /** Every other key is an option; whether somebody knows it is found out when it is published. */
    private Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        for (String key : attributes.keys()) {
            if (COLUMNS.contains(key) || FOREIGN.matcher(key).matches()) {
                continue;
            }
            if (key.contains(".")) {
                attributes.warning("nobody here knows '" + key + "'; it has no effect");
                continue;
            }
            String value = attributes.text(key);
            if (!value.isEmpty()) {
                options.put(key, yesOrNo(value));
            }
        }
        if (!attributes.flag("enabled", true)) {
            options.put("disable", "yes");
        }
        return options;
    }

    private static String yesOrNo(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> "yes";
            case "false" -> "no";
            default -> value;
        };
    }
}
