package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/** An entry while its words are being read, in the order of columns or as values of keys. */
final class Draft {

    private static final String INTERNAL = "internal";

    private final Rules rules;
    private final Origin origin;
    private final Warnings warnings;
    private final Map<String, String> options = new TreeMap<>();
    private final List<Word> arguments = new ArrayList<>();
    private final boolean ownHosts;
    private final Hosts hosts;
    private Word service;
    private Word socketWord;
    private SocketType socketType;
    private Word protocolWord;
    private ProtocolWord protocol;
    private Word modeWord;
    private Mode mode;
    private Identity identity;
    private Word server;

    /** @param ownHosts whether the hosts stand on the line itself, and not on a line for all that follow it */
    Draft(Rules rules, Hosts hosts, boolean ownHosts, Origin origin, Warnings warnings) {
        this.rules = rules;
        this.hosts = hosts;
        this.ownHosts = ownHosts;
        this.origin = origin;
        this.warnings = warnings;
    }

    void service(Word word) throws Misread {
        service = printable(word);
    }

    /** {@code stream}, {@code stream,5}, {@code stream:filter}. */
    void socketType(Word word) throws Misread {
        String text = word.text();
        int colon = text.indexOf(':');
        if (colon > 0 && rules.has(Trait.ACCEPT_MAX)) {
            filter(word, text.substring(colon + 1));
            text = text.substring(0, colon);
        }
        int comma = text.indexOf(',');
        if (comma > 0 && rules.has(Trait.ACCEPT_MAX)) {
            option(word, ModeWord.INSTANCES, numberOf(word, text.substring(comma + 1), 1, warnings));
            text = text.substring(0, comma);
        }
        socketWord = word;
        socketType = switch (text) {
            case "stream" -> SocketType.STREAM;
            case "dgram" -> SocketType.DGRAM;
            case "raw", "rdm", "seqpacket" -> throw new Misread(word, "socket type " + Word.quoted(text)
                    + ": only 'stream' and 'dgram' sockets are served");
            default -> throw new Misread(word, "unknown socket type " + Word.quoted(text));
        };
    }

    /** Without the filter clients are accepted a little earlier, which harms nobody. */
    void filter(Word word, String name) {
        warnings.warn(word, "this system has no accept filters; " + Word.quoted(name) + " is ignored");
    }

    void protocol(Word word) throws Misread {
        protocolWord = word;
        protocol = ProtocolWord.read(rules, word, socketType, warnings);
        for (Map.Entry<String, String> buffer : protocol.options().entrySet()) {
            option(word, buffer.getKey(), buffer.getValue());
        }
        if (!ServiceEntry.agree(socketType, protocol.protocol().transport())) {
            throw new Misread(word, "socket type " + socketWord.quoted() + " does not go with protocol '"
                    + protocol.protocol().text() + "'");
        }
    }

    void mode(Word word) throws Misread {
        ModeWord read = ModeWord.read(rules, word, warnings);
        mode(word, read.mode());
        for (Map.Entry<String, String> limit : read.options().entrySet()) {
            option(word, limit.getKey(), limit.getValue());
        }
    }

    void mode(Word word, Mode value) {
        modeWord = word;
        mode = value;
    }

    void user(Word word) throws Misread {
        identity = UserWord.read(rules, printable(word), warnings);
    }

    void identity(Identity value) {
        identity = value;
    }

    void server(Word word) throws Misread {
        if (!word.text().equals(INTERNAL) && !word.text().startsWith("/")) {
            relativeProgram(word);
        }
        if (word.text().endsWith("/")) {
            throw new Misread(word, "program " + word.quoted() + " is a directory");
        }
        server = printable(word);
    }

    /** Which file it is depends on where the server is started, or on its PATH. */
    private void relativeProgram(Word word) throws Misread {
        if (!rules.has(Trait.RELATIVE_PROGRAMS)) {
            throw new Misread(word, "program " + word.quoted() + " is neither 'internal' nor an absolute path, such as "
                    + Word.quoted("/usr/bin/" + fileName(word.text())));
        }
        if (!isInPath(word.text())) {
            warnings.warn(word, "program " + word.quoted() + " is relative: it is looked for below the working directory of"
                    + " the server");
        }
    }

    private boolean isInPath(String program) {
        return rules.has(Trait.PROGRAMS_IN_PATH) && program.indexOf('/') < 0;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    void arguments(List<Word> words) throws Misread {
        for (Word word : words) {
            if (word.text().indexOf('\0') >= 0) {
                throw new Misread(word, "argument " + word.quoted() + " contains a NUL character");
            }
        }
        int most = rules.mostArguments().count();
        if (words.size() > most) {
            String complaint = words.size() + " arguments are more than the " + most + " of dialect '" + rules.name() + "'";
            if (rules.mostArguments().cost()) {
                throw new Misread(words.get(most), complaint);
            }
            warnings.warn(words.get(most), complaint + "; from " + words.get(most).quoted() + " on they are left out");
        }
        arguments.addAll(words.subList(0, Math.min(most, words.size())));
    }

    /** @throws Misread if the option has been there before */
    void option(Word word, String name, String value) throws Misread {
        if (options.put(name, value) != null) {
            throw new Misread(word, "option '" + name + "' is there twice");
        }
    }

    static String numberOf(Word word, String text, int least, Warnings warnings) throws Misread {
        if (Limit.isTooLarge(text)) {
            Limit.warnIfTooLarge(word, text, warnings);
            return Integer.toString(Limit.MOST);
        }
        if (!Word.isNumber(text) || Integer.parseInt(text) < least) {
            throw new Misread(word, Word.quoted(text) + " in " + word.quoted() + " is not a number of at least " + least);
        }
        return Integer.toString(Integer.parseInt(text));
    }

    /** What the words say together: one entry for each host. */
    List<ServiceEntry> finish() throws Misread {
        ServiceWord name = new ServiceWord.Reader(rules, service, hosts, ownHosts, warnings).read(protocol);
        if (protocol.guessed()) {
            guessed(name);
        }
        options.putAll(name.options());
        boolean internal = server.text().equals(INTERNAL);
        if (internal) {
            withoutIgnoredWords(name);
        }
        Optional<String> provider = internal ? Optional.of(providerName(name)) : Optional.empty();
        Mode served = internal ? modeOfProvider() : modeOfProgram();
        List<String> words = internal ? texts(arguments.subList(Math.min(1, arguments.size()), arguments.size())) : argv();
        List<ServiceEntry> entries = new ArrayList<>();
        for (String address : name.hosts().addresses()) {
            ServiceEntry.Builder entry = ServiceEntry.builder(name.name(), protocolAt(address), origin)
                    .socketType(socketType).address(address).mode(served).identity(identity).options(options);
            if (name.port().isPresent()) {
                entry.port(name.port().getAsInt());
            }
            if (provider.isPresent()) {
                entry.provider(provider.get(), words);
            } else {
                entry.program(program(), words);
            }
            entries.add(entry.build());
        }
        return entries;
    }

    private Protocol protocolAt(String address) {
        boolean both = protocol.protocol() == Protocol.UDP6 && address.isEmpty() && !protocol.rpc()
                && rules.has(Trait.UDP6_TAKES_IPV4);
        return both ? Protocol.UDP46 : protocol.protocol();
    }

    /** Only what is looked for in PATH is without a slash. */
    private String program() {
        String text = server.text();
        return text.indexOf('/') >= 0 || isInPath(text) ? text : "./" + text;
    }

    /**
     * Elsewhere in the family the service alone says which built-in serves it, and words behind {@code internal} are argv of
     * it. What could be the name of a provider counts here where the service is no built-in one.
     */
    private void withoutIgnoredWords(ServiceWord name) throws Misread {
        if (arguments.isEmpty()) {
            return;
        }
        Word first = arguments.get(0);
        if (!rules.has(Trait.BUILT_IN_BY_NAME)) {
            if (isNoName(first)) {
                throw new Misread(first, first.quoted() + " behind 'internal' is not the name of a provider, and a comment begins in"
                        + " the first column only");
            }
            return;
        }
        boolean builtIn = name.provider().isPresent() && Manners.isBuiltIn(name.provider().get());
        boolean same = builtIn && first.text().equals(name.provider().get());
        boolean argumentsCount = !builtIn && !isNoName(first) || same && rules.has(Trait.BUILT_IN_ARGUMENTS);
        int kept = argumentsCount ? beforeComment() : same ? 1 : 0;
        if (kept < arguments.size()) {
            warnings.warn(arguments.get(kept), "words behind 'internal' have no effect; from " + arguments.get(kept).quoted()
                    + " on they are ignored");
            arguments.subList(kept, arguments.size()).clear();
        }
    }

    /** How many arguments stand before one that begins a comment, or is the {@code -} of an empty column. */
    private int beforeComment() {
        for (int i = 0; i < arguments.size(); i++) {
            String text = arguments.get(i).text();
            if (text.startsWith("#") || text.equals("-")) {
                return i;
            }
        }
        return arguments.size();
    }

    private static boolean isNoName(Word word) {
        return word.text().startsWith("#") || word.text().startsWith("-");
    }

    private void guessed(ServiceWord name) throws Misread {
        if (name.port().isEmpty()) {
            throw ProtocolWord.unknown(rules, protocolWord, protocolWord.text());
        }
        warnings.warn(protocolWord, "protocol " + protocolWord.quoted() + " is none; taken for '" + protocol.protocol().text() + "'");
    }

    private String providerName(ServiceWord name) throws Misread {
        if (arguments.isEmpty() && name.provider().isPresent()) {
            return name.provider().get();
        }
        if (arguments.isEmpty()) {
            throw new Misread(server, "'internal' must be followed by the name of a provider,"
                    + " since " + Word.quoted(name.name()) + " is not one");
        }
        Word provider = printable(arguments.get(0));
        if (provider.text().equals(ServiceEntry.EXEC)) {
            throw new Misread(provider, "'internal exec' names no program; its path stands in the place of 'internal'");
        }
        return provider.text();
    }

    /** For datagrams {@code wait} is how the whole family writes a built-in, so nobody is told. */
    private Mode modeOfProvider() throws Misread {
        boolean usual = mode == (socketType == SocketType.DGRAM ? Mode.WAIT : Mode.NOWAIT);
        if (!usual && rules.has(Trait.MODE_OF_INTERNAL)) {
            throw new Misread(modeWord, modeWord.quoted() + " does not go with 'internal' on a "
                    + (socketType == SocketType.DGRAM ? "datagram" : "stream") + " socket in dialect '" + rules.name() + "'");
        }
        if (mode == Mode.WAIT && socketType == SocketType.STREAM) {
            warnings.warn(modeWord, modeWord.quoted() + " does not go with 'internal' on a stream socket; served as 'nowait'");
        }
        return Mode.NOWAIT;
    }

    /** Of a Unix socket the peers have no address that a program could be connected to; tcpmux hands over connections only. */
    private Mode modeOfProgram() {
        if (mode == Mode.WAIT && options.containsKey(ServiceWord.MUX)) {
            warnings.warn(modeWord, modeWord.quoted() + " does not go with a service of tcpmux; served as 'nowait'");
            return Mode.NOWAIT;
        }
        if (mode == Mode.NOWAIT && socketType == SocketType.DGRAM && protocol.protocol().transport() == Transport.UNIX) {
            warnings.warn(modeWord, modeWord.quoted() + " does not go with a program on a Unix datagram socket,"
                    + " which only one at a time can read; served as 'wait'");
            return Mode.WAIT;
        }
        return mode;
    }

    private List<String> argv() {
        String path = server.text();
        String last = fileName(path);
        if (arguments.isEmpty()) {
            if (rules.argvZero() == Rules.ArgvZero.MISSING) {
                warnings.warn(server, "no argument follows " + server.quoted() + ", and dialect '" + rules.name()
                        + "' gives the program no argv[0] then; called as " + Word.quoted(last));
            }
            return List.of(rules.argvZero() == Rules.ArgvZero.PATH ? path : last);
        }
        Word first = arguments.get(0);
        if (first.text().startsWith("-")) {
            warnings.warn(first, first.quoted() + " is taken for argv[0], where the name of the program usually stands");
        }
        return texts(arguments);
    }

    private static List<String> texts(List<Word> words) {
        List<String> texts = new ArrayList<>(words.size());
        for (Word word : words) {
            texts.add(word.text());
        }
        return texts;
    }

    static Word printable(Word word) throws Misread {
        if (!word.isPrintable()) {
            throw new Misread(word, word.text().isEmpty() ? "an empty word '' stands where a name should"
                    : "word " + word.quoted() + " contains a control character");
        }
        return word;
    }
}
