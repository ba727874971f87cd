package org.switchboard.config.inetd.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/** An entry while its line is being read, column by column. */
final class Draft {

    private static final String INTERNAL = "internal";
    private static final int MAX_PORT = 65535;
    private static final int MAX_UNIX_PATH_BYTES = 107;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern MODE = Pattern.compile("([a-z]+)(?:([^a-z0-9])(.*))?");
    private static final Pattern BUFFER_SIZE = Pattern.compile("[1-9]\\d{0,8}[kKmM]?");
    private static final Pattern LIMIT = Pattern.compile("0*[1-9]\\d{0,8}");

    private final Rules rules;
    private final Origin origin;
    private final Map<String, String> options = new TreeMap<>();
    private final List<Word> arguments = new ArrayList<>();
    private final boolean ownHosts;
    private Hosts hosts;
    private Word service;
    private Word socketWord;
    private SocketType socketType;
    private Protocol protocol;
    private Word modeWord;
    private Mode mode;
    private Identity identity;
    private Word server;

    /** @param ownHosts whether the hosts stand on the line itself, and not on a line for all that follow it */
    Draft(Rules rules, Hosts hosts, boolean ownHosts, Origin origin) {
        this.rules = rules;
        this.hosts = hosts;
        this.ownHosts = ownHosts;
        this.origin = origin;
    }

    /** Whether a colon separates a host depends on the protocol, which comes later. */
    void service(Word word) throws Misread {
        service = printable(word);
    }

    void socketType(Word word) throws Misread {
        socketWord = word;
        socketType = look(rules.socketTypes(), word, word.text(), "socket type");
    }

    void protocol(Word word) throws Misread {
        String[] parts = word.text().split(",", -1);
        protocol = look(rules.protocols(), word, parts[0], "protocol");
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String option = rules.bufferOptions().get(equals < 0 ? parts[i] : parts[i].substring(0, equals));
            if (option == null || equals < 0) {
                throw new Misread(word, "unknown option " + Word.quoted(parts[i]) + " of the protocol");
            }
            String size = parts[i].substring(equals + 1);
            if (!BUFFER_SIZE.matcher(size).matches()) {
                throw new Misread(word, "buffer size " + Word.quoted(size) + " is not a number of bytes, N, Nk or Nm");
            }
            if (options.put(option, size) != null) {
                throw new Misread(word, "option '" + option + "' is there twice in " + word.quoted());
            }
        }
        if (!ServiceEntry.agree(socketType, protocol.transport())) {
            throw new Misread(word, "socket type " + socketWord.quoted() + " does not go with protocol '"
                    + protocol.text() + "'");
        }
    }

    void mode(Word word) throws Misread {
        Matcher parts = MODE.matcher(word.text());
        Mode found = parts.matches() ? rules.modes().get(parts.group(1)) : null;
        if (found == null) {
            throw new Misread(word, word.quoted() + " is neither 'wait' nor 'nowait'");
        }
        modeWord = word;
        mode = found;
        if (parts.group(2) == null) {
            return;
        }
        String option = rules.limits().get(parts.group(2).charAt(0));
        if (option == null) {
            throw new Misread(word, Word.quoted(parts.group(2) + parts.group(3)) + " cannot follow '" + parts.group(1) + "'");
        }
        if (!LIMIT.matcher(parts.group(3)).matches()) {
            throw new Misread(word, "limit " + Word.quoted(parts.group(3)) + " in " + word.quoted()
                    + " is not a number of at least 1");
        }
        options.put(option, Integer.toString(Integer.parseInt(parts.group(3))));
    }

    /**
     * A colon separates the group. A dot may do so too, but only where no user has the whole name, and that is not known
     * before users are looked up: such a name stays whole here.
     */
    void user(Word word) throws Misread {
        String text = printable(word).text();
        if (text.contains("/")) {
            throw new Misread(word, "user " + word.quoted() + " names a login class, and this system has none");
        }
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Optional<String> group = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        if (user.isEmpty() || group.filter(String::isEmpty).isPresent()) {
            throw new Misread(word, word.quoted() + " is not a user, or a user and a group");
        }
        identity = new Identity(user, group);
        if (group.isPresent() && user.equals(Identity.server().user())) {
            throw new Misread(word, "user '-' is the server's own with its own groups; " + word.quoted() + " names another");
        }
    }

    void server(Word word) throws Misread {
        if (!word.text().equals(INTERNAL) && !word.text().startsWith("/")) {
            throw new Misread(word, "program " + word.quoted() + " is neither an absolute path nor 'internal'");
        }
        if (word.text().endsWith("/")) {
            throw new Misread(word, "program " + word.quoted() + " is a directory");
        }
        server = printable(word);
    }

    void arguments(List<Word> words) throws Misread {
        for (Word word : words) {
            if (word.text().indexOf('\0') >= 0) {
                throw new Misread(word, "argument " + word.quoted() + " contains a NUL character");
            }
        }
        arguments.addAll(words);
    }

    /**
     * What the line says as a whole: one entry for each host.
     *
     * @param warnings told the line and the sentence
     */
    List<ServiceEntry> finish(BiConsumer<Integer, String> warnings) throws Misread {
        String name = protocol.transport() == Transport.UNIX ? path() : nameAfterHost();
        List<ServiceEntry> entries = new ArrayList<>();
        Optional<String> provider = server.text().equals(INTERNAL) ? Optional.of(providerName(name)) : Optional.empty();
        mode = provider.isPresent() ? modeOfProvider(warnings) : modeOfProgram(warnings);
        List<String> words = provider.isPresent() ? texts(arguments.stream().skip(1).toList()) : argv(warnings);
        for (String address : hosts.addresses()) {
            ServiceEntry.Builder entry = ServiceEntry.builder(name, protocol, origin)
                    .socketType(socketType).address(address).mode(mode).identity(identity).options(options);
            if (NUMBER.matcher(name).matches()) {
                entry.port(Integer.parseInt(name));
            }
            if (provider.isPresent()) {
                entry.provider(provider.get(), words);
            } else {
                entry.program(server.text(), words);
            }
            entries.add(entry.build());
        }
        return entries;
    }

    private String path() throws Misread {
        if (!service.text().startsWith("/")) {
            throw new Misread(service, "socket " + service.quoted() + " is not an absolute path, as protocol 'unix' needs");
        }
        int bytes = service.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_UNIX_PATH_BYTES) {
            throw new Misread(service, "socket " + service.quoted() + " has " + bytes + " bytes, and the path of a Unix socket "
                    + MAX_UNIX_PATH_BYTES + " at most");
        }
        if (ownHosts) {
            throw new Misread(service, "a host does not go with protocol 'unix'");
        }
        hosts = Hosts.EVERY;
        return service.text();
    }

    private String nameAfterHost() throws Misread {
        int colon = service.text().lastIndexOf(':');
        if (colon >= 0 && ownHosts) {
            throw new Misread(service, "a second host stands in " + service.quoted());
        }
        if (colon >= 0) {
            hosts = Hosts.read(service, service.text().substring(0, colon));
        }
        hosts.checkAgainst(protocol, service);
        String name = service.text().substring(colon + 1);
        if (name.isEmpty()) {
            throw new Misread(service, "no service follows the host in " + service.quoted());
        }
        if (name.indexOf('/') >= 0) {
            throw new Misread(service, "service " + Word.quoted(name) + (name.startsWith("/")
                    ? " is a path, which goes with protocol 'unix' only" : " is neither a name nor a port"));
        }
        return NUMBER.matcher(name).matches() ? port(name) : name;
    }

    private String port(String digits) throws Misread {
        String stripped = digits.replaceFirst("^0+(?=\\d)", "");
        if (stripped.length() > Integer.toString(MAX_PORT).length() || Integer.parseInt(stripped) > MAX_PORT) {
            throw new Misread(service, "port " + Word.quoted(digits) + " is not in 0 to " + MAX_PORT);
        }
        return stripped;
    }

    private String providerName(String name) throws Misread {
        if (!arguments.isEmpty()) {
            Word provider = printable(arguments.get(0));
            if (provider.text().equals(ServiceEntry.EXEC)) {
                throw new Misread(provider, "'internal exec' names no program; its path stands in the place of 'internal'");
            }
            return provider.text();
        }
        if (protocol.transport() == Transport.UNIX || NUMBER.matcher(name).matches()) {
            throw new Misread(server, "'internal' must be followed by the name of a provider, since " + Word.quoted(name)
                    + " is not one");
        }
        return name;
    }

    /** For datagrams {@code wait} is how the whole family writes a built-in, so nobody is told. */
    private Mode modeOfProvider(BiConsumer<Integer, String> warnings) {
        if (mode == Mode.WAIT && socketType == SocketType.STREAM) {
            warnings.accept(modeWord.line(), modeWord.quoted() + " does not go with 'internal' on a stream socket;"
                    + " served as 'nowait'");
        }
        return Mode.NOWAIT;
    }

    /** Two programs reading one datagram socket would take each other's datagrams. */
    private Mode modeOfProgram(BiConsumer<Integer, String> warnings) {
        if (mode == Mode.NOWAIT && socketType == SocketType.DGRAM) {
            warnings.accept(modeWord.line(), modeWord.quoted() + " does not go with a program on a datagram socket,"
                    + " which only one at a time can read; served as 'wait'");
            return Mode.WAIT;
        }
        return mode;
    }

    private List<String> argv(BiConsumer<Integer, String> warnings) {
        if (arguments.isEmpty()) {
            return List.of(server.text().substring(server.text().lastIndexOf('/') + 1));
        }
        Word first = arguments.get(0);
        if (first.text().startsWith("-")) {
            warnings.accept(first.line(), first.quoted() + " is taken for argv[0], where the name of the program usually"
                    + " stands");
        }
        return texts(arguments);
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    private <T> T look(Map<String, T> words, Word word, String text, String what) throws Misread {
        T found = words.get(text);
        if (found == null) {
            String reason = rules.foreign().get(text);
            throw new Misread(word, reason == null ? "unknown " + what + " " + Word.quoted(text)
                    : what + " " + Word.quoted(text) + ": " + reason);
        }
        return found;
    }

    private static Word printable(Word word) throws Misread {
        if (word.text().isEmpty() || word.text().chars().anyMatch(Character::isISOControl)) {
            throw new Misread(word, word.text().isEmpty() ? "an empty word '' stands where a name should"
                    : "word " + word.quoted() + " contains a control character");
        }
        return word;
    }
}
