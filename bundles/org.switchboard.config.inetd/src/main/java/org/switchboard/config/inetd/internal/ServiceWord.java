package org.switchboard.config.inetd.internal;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.posix.SystemText;

/**
 * The first column: hosts and a name, a port, a path, a service of tcpmux or of RPC. Which of them depends on the protocol, which
 * comes later.
 *
 * @param name as an entry has it
 * @param provider what serves the service inside the server unless the line names somebody; empty where only the line can
 * @param options what the word says besides
 */
record ServiceWord(String name, OptionalInt port, Hosts hosts, Optional<String> provider, Map<String, String> options) {

    static final String MUX = "mux";

    private static final String TCPMUX = "tcpmux/";
    private static final int MAX_PORT = 65535;
    private static final int MAX_UNIX_PATH_BYTES = 107;
    private static final int OWNER_PARTS = 5;

    /** Reads the word of one line. */
    static final class Reader {
        private final Rules rules;
        private final Word word;
        private final Warnings warnings;
        private final boolean ownHosts;
        private Hosts hosts;

        /** @param ownHosts whether the hosts stand on the line itself, and not on a line for all that follow it */
        Reader(Rules rules, Word word, Hosts hosts, boolean ownHosts, Warnings warnings) {
            this.rules = rules;
            this.word = word;
            this.hosts = hosts;
            this.ownHosts = ownHosts;
            this.warnings = warnings;
        }

        ServiceWord read(ProtocolWord protocol) throws Misread {
            if (protocol.protocol().transport() == Transport.UNIX) {
                return socket();
            }
            String name = nameAfterHost();
            if (rules.has(Trait.TCPMUX) && name.startsWith(TCPMUX)) {
                return mux(name.substring(TCPMUX.length()), protocol);
            }
            hosts.checkAgainst(protocol.protocol(), word);
            if (protocol.rpc()) {
                return rpc(name);
            }
            if (name.indexOf('/') >= 0) {
                throw new Misread(word, "service " + Word.quoted(name) + (name.startsWith("/")
                        ? " is a path, which goes with protocol 'unix' only" : " is neither a name nor a port"));
            }
            return Word.isNumber(name) ? port(name) : new ServiceWord(name, OptionalInt.empty(), hosts, Optional.of(name), Map.of());
        }

        private ServiceWord socket() throws Misread {
            Map<String, String> options = new TreeMap<>();
            String path = word.text();
            if (path.startsWith(":") && rules.has(Trait.SOCKET_OWNER)) {
                path = ownerBefore(path.split(":", OWNER_PARTS), options);
            } else if (path.contains(":/") && !path.startsWith("/") && rules.has(Trait.HOSTS) && !rules.has(Trait.SOCKET_OWNER)) {
                path = path.substring(path.lastIndexOf(":/") + 1);
                warnings.warn(word, "what stands before the path in " + word.quoted() + " has no effect in dialect '"
                        + rules.name() + "'; ignored");
            }
            if (!path.startsWith("/")) {
                throw new Misread(word, "socket " + word.quoted() + " is not an absolute path, as protocol 'unix' needs");
            }
            int bytes = SystemText.encode(path).length;
            if (bytes > MAX_UNIX_PATH_BYTES) {
                throw new Misread(word, "socket " + Word.quoted(path) + " has " + bytes + " bytes, and the path of a Unix socket "
                        + MAX_UNIX_PATH_BYTES + " at most");
            }
            if (ownHosts) {
                throw new Misread(word, "a host does not go with protocol 'unix'");
            }
            String last = path.substring(path.lastIndexOf('/') + 1);
            return new ServiceWord(path, OptionalInt.empty(), Hosts.EVERY, last.isEmpty() || last.indexOf('.') >= 0
                    ? Optional.empty() : Optional.of(last), options);
        }

        /** {@code :user:group:mode:/path}, of which all but the path may be empty. */
        private String ownerBefore(String[] parts, Map<String, String> options) throws Misread {
            if (parts.length < OWNER_PARTS) {
                throw new Misread(word, word.quoted() + " is not of the form ':user:group:mode:/path'");
            }
            String mode = parts[3];
            if (!mode.isEmpty() && (mode.length() > 4 || mode.chars().anyMatch(c -> c < '0' || c > '7'))) {
                throw new Misread(word, "mode " + Word.quoted(mode) + " in " + word.quoted() + " is not an octal number");
            }
            put(options, "socket_user", parts[1]);
            put(options, "socket_group", parts[2]);
            put(options, "socket_mode", mode);
            return parts[4];
        }

        private static void put(Map<String, String> options, String name, String value) {
            if (!value.isEmpty()) {
                options.put(name, value);
            }
        }

        private String nameAfterHost() throws Misread {
            String text = word.text();
            int colon = text.lastIndexOf(':');
            int at = rules.has(Trait.HOST_BEHIND) ? text.indexOf('@') : -1;
            if ((colon >= 0 || at > 0) && ownHosts || colon >= 0 && at > 0) {
                throw new Misread(word, "a second host stands in " + word.quoted());
            }
            if (colon >= 0 && !rules.has(Trait.HOSTS)) {
                throw new Misread(word, "no host may stand before the service in dialect '" + rules.name() + "', as in "
                        + word.quoted());
            }
            if (at > 0) {
                hosts = Hosts.read(rules, word, text.substring(at + 1));
                return name(text.substring(0, at));
            }
            if (colon >= 0) {
                hosts = Hosts.read(rules, word, text.substring(0, colon));
            }
            return name(text.substring(colon + 1));
        }

        private String name(String name) throws Misread {
            if (name.isEmpty()) {
                throw new Misread(word, "no service follows the host in " + word.quoted());
            }
            return name;
        }

        /** The service is reached through tcpmux, whose address is the one that counts. */
        private ServiceWord mux(String text, ProtocolWord protocol) throws Misread {
            if (protocol.protocol().transport() != Transport.TCP || protocol.rpc()) {
                throw new Misread(word, "a service of tcpmux is reached over TCP; " + word.quoted() + " is not");
            }
            if (!protocol.options().isEmpty()) {
                throw new Misread(word, "buffer sizes do not go with a service of tcpmux");
            }
            boolean plus = text.startsWith("+");
            String name = plus ? text.substring(1) : text;
            if (name.isEmpty()) {
                throw new Misread(word, word.quoted() + " names no service of tcpmux");
            }
            return new ServiceWord(TCPMUX + name, OptionalInt.empty(), Hosts.EVERY, Optional.of(name),
                    Map.of(MUX, plus ? "plus" : "plain"));
        }

        private ServiceWord rpc(String text) throws Misread {
            int slash = text.indexOf('/');
            String program = slash < 0 ? text : text.substring(0, slash);
            String versions = slash < 0 ? "1" : text.substring(slash + 1);
            int dash = versions.indexOf('-');
            String low = dash < 0 ? versions : versions.substring(0, dash);
            String high = dash < 0 ? low : versions.substring(dash + 1);
            if (slash < 0 && !rules.has(Trait.RPC_VERSION_ONE)) {
                throw new Misread(word, "RPC service " + word.quoted() + " has no version, as in 'rstatd/1-3'");
            }
            if (program.isEmpty() || !isVersion(low) || !isVersion(high) || Integer.parseInt(low) > Integer.parseInt(high)) {
                throw new Misread(word, "RPC service " + word.quoted() + " is not of the form 'rstatd/1' or 'rstatd/1-3'");
            }
            return new ServiceWord(text, OptionalInt.of(0), hosts, Optional.of(program),
                    Map.of("rpc_program", program, "rpc_versions", versions));
        }

        private static boolean isVersion(String text) {
            return Word.isNumber(text) && text.length() <= 9;
        }

        private ServiceWord port(String digits) throws Misread {
            int start = 0;
            while (start < digits.length() - 1 && digits.charAt(start) == '0') {
                start++;
            }
            String port = digits.substring(start);
            if (port.length() > Integer.toString(MAX_PORT).length() || Integer.parseInt(port) > MAX_PORT) {
                throw new Misread(word, "port " + Word.quoted(digits) + " is not in 0 to " + MAX_PORT);
            }
            if (!rules.has(Trait.PORTS)) {
                throw new Misread(word, "service " + Word.quoted(digits) + " is a number, and dialect '" + rules.name()
                        + "' knows names only");
            }
            if (port.equals("0") && !rules.has(Trait.PORT_ZERO)) {
                throw new Misread(word, "port '0' is none in dialect '" + rules.name() + "'");
            }
            return new ServiceWord(port, OptionalInt.of(Integer.parseInt(port)), hosts, Optional.empty(), Map.of());
        }
    }
}
