package org.switchboard.dispatcher.internal.resolve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.ports.RpcRegistry;

/**
 * The options {@code rpc_program}, a number or a name of rpc(5), and {@code rpc_versions}, {@code 1} or {@code 1-3}: the port of
 * such an entry is any that is free, and clients learn it from rpcbind.
 *
 * @param program its number
 * @param firstVersion the lowest version
 * @param lastVersion the highest version
 */
public record RpcOptions(long program, int firstVersion, int lastVersion) {

    static final String PROGRAM = "rpc_program";
    static final String VERSIONS = "rpc_versions";

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    /** Each version is a call to rpcbind. */
    private static final int MOST_VERSIONS = 64;

    /** Whether the entry is an RPC service. */
    public static boolean has(ServiceEntry entry) {
        return entry.options().containsKey(PROGRAM);
    }

    /** @throws UnresolvedException if they do not say a program and versions of it */
    static RpcOptions read(ServiceEntry entry, RpcRegistry registry) throws UnresolvedException {
        if (entry.protocol().transport() == Transport.UNIX) {
            throw new UnresolvedException("an RPC service needs tcp or udp, not " + entry.protocol().text());
        }
        String name = entry.options().get(PROGRAM);
        long program = registry.program(name).orElseThrow(() -> new UnresolvedException("unknown rpc service '" + name + "'"));
        String versions = entry.options().getOrDefault(VERSIONS, "1");
        Matcher range = RANGE.matcher(versions);
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first <= last && last - first < MOST_VERSIONS) {
                return new RpcOptions(program, first, last);
            }
        }
        throw new UnresolvedException("option '" + VERSIONS + "' must be a version or a range of at most " + MOST_VERSIONS
                + ", not '" + versions + "'");
    }
}
