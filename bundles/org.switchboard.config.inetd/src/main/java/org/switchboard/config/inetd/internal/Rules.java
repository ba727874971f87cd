package org.switchboard.config.inetd.internal;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.SocketType;

/**
 * What one dialect means, where the inetds disagree. The grammar is the same for all of them.
 *
 * @param indentContinues whether a line that begins with a blank continues the entry before it
 * @param quotes the characters that quote, anywhere in a word, until the next of their kind; empty for none
 * @param socketTypes the words of the second column
 * @param protocols the words of the third column, before any {@code ,option=value}
 * @param bufferOptions what may follow the protocol as {@code ,option=size}
 * @param modes the words of the fourth column, before any limit
 * @param limits the option that a number after the mode sets, by the character between them
 * @param foreign words that the family knows and this system does not serve, with the reason
 */
record Rules(
        boolean indentContinues,
        String quotes,
        Map<String, SocketType> socketTypes,
        Map<String, Protocol> protocols,
        Map<String, String> bufferOptions,
        Map<String, Mode> modes,
        Map<Character, String> limits,
        Map<String, String> foreign) {

    private static final String NO_RPC = "RPC services are not served";
    private static final String NO_TYPE = "only 'stream' and 'dgram' sockets are served";

    static final Rules SWITCHBOARD = new Rules(
            true,
            "\"'",
            Map.of("stream", SocketType.STREAM, "dgram", SocketType.DGRAM),
            Arrays.stream(Protocol.values()).collect(Collectors.toMap(Protocol::text, Function.identity())),
            Map.of("sndbuf", "sndbuf", "rcvbuf", "rcvbuf"),
            Map.of("wait", Mode.WAIT, "nowait", Mode.NOWAIT),
            Map.of('.', "service_max", ':', "service_max"),
            Map.ofEntries(
                    entry("raw", NO_TYPE), entry("rdm", NO_TYPE), entry("seqpacket", NO_TYPE),
                    entry("rpc/tcp", NO_RPC), entry("rpc/tcp4", NO_RPC), entry("rpc/tcp6", NO_RPC),
                    entry("rpc/udp", NO_RPC), entry("rpc/udp4", NO_RPC), entry("rpc/udp6", NO_RPC)));
}
