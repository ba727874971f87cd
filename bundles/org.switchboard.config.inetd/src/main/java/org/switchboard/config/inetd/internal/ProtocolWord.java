package org.switchboard.config.inetd.internal;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.SocketType;

/**
 * The third column: a protocol, and how large its buffers are.
 *
 * @param rpc whether the port is the system's choice and announced to the port mapper
 * @param guessed whether the word is no protocol and one was made up for it, which goes with a port in digits only
 * @param options the sizes of buffers
 */
record ProtocolWord(Protocol protocol, boolean rpc, boolean guessed, Map<String, String> options) {

    private static final String RPC = "rpc/";
    private static final Pattern BUFFER_SIZE = Pattern.compile("[1-9]\\d{0,8}[kKmM]?");

    static ProtocolWord read(Rules rules, Word word, SocketType type, Warnings warnings) throws Misread {
        String[] parts = word.text().split(",", -1);
        boolean rpc = parts[0].startsWith(RPC) && rules.has(Trait.RPC);
        Protocol protocol = rules.protocols().get(rpc ? parts[0].substring(RPC.length()) : parts[0]);
        boolean guessed = false;
        if (protocol == null && rules.has(Trait.PROTOCOL_BY_BEGINNING)) {
            protocol = byBeginning(word, parts[0], warnings);
        } else if (protocol == null && rules.has(Trait.PROTOCOL_BY_TYPE) && !rpc) {
            protocol = byType(parts[0], type);
            guessed = true;
        }
        if (protocol == null || rpc && protocol == Protocol.UNIX) {
            throw unknown(rules, word, parts[0]);
        }
        return new ProtocolWord(protocol, rpc, guessed, buffers(rules, word, parts, warnings));
    }

    static Misread unknown(Rules rules, Word word, String text) {
        if (text.startsWith("faith/") || text.endsWith("/faith")) {
            return new Misread(word, "protocol " + Word.quoted(text) + ": this system has no FAITH translator");
        }
        return new Misread(word, text.startsWith(RPC) && !rules.has(Trait.RPC)
                ? "protocol " + Word.quoted(text) + ": dialect '" + rules.name() + "' has no RPC services"
                : "unknown protocol " + Word.quoted(text));
    }

    private static Protocol byBeginning(Word word, String text, Warnings warnings) {
        Protocol protocol = text.startsWith("tcp") ? Protocol.TCP4 : text.startsWith("udp") ? Protocol.UDP4 : null;
        if (protocol != null) {
            warnings.warn(word, "protocol " + Word.quoted(text) + " only begins like one; taken for '" + protocol.text() + "'");
        }
        return protocol;
    }

    private static Protocol byType(String text, SocketType type) {
        boolean v6 = text.endsWith("6");
        return type == SocketType.STREAM ? v6 ? Protocol.TCP6 : Protocol.TCP4 : v6 ? Protocol.UDP6 : Protocol.UDP4;
    }

    private static Map<String, String> buffers(Rules rules, Word word, String[] parts, Warnings warnings) throws Misread {
        Map<String, String> options = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String option = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            boolean known = rules.has(Trait.BUFFERS) || rules.has(Trait.BUFFERS_IDLE);
            if (!known || equals < 0 || !option.equals("sndbuf") && !option.equals("rcvbuf")) {
                throw new Misread(word, "unknown option " + Word.quoted(parts[i]) + " of the protocol");
            }
            if (options.put(option, bufferSize(word, parts[i].substring(equals + 1))) != null) {
                throw new Misread(word, "option '" + option + "' is there twice in " + word.quoted());
            }
        }
        if (!options.isEmpty() && rules.has(Trait.BUFFERS_IDLE)) {
            warnings.warn(word, "buffer sizes are read in dialect '" + rules.name() + "' and have no effect; ignored");
            options.clear();
        }
        return options;
    }

    static String bufferSize(Word word, String size) throws Misread {
        if (!BUFFER_SIZE.matcher(size).matches()) {
            throw new Misread(word, "buffer size " + Word.quoted(size) + " is not a number of bytes from 1 to " + Limit.MOST
                    + ", as N, Nk or Nm");
        }
        return size;
    }
}
