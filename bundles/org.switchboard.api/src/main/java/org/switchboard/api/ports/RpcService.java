package org.switchboard.api.ports;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A program of Sun RPC, and where its versions are.
 *
 * @param program its number, 1 to 4294967295
 * @param firstVersion the lowest version
 * @param lastVersion the highest version; all between are there too
 * @param addresses where, by what rpcbind calls the transport: {@code tcp}, {@code udp6}
 */
public record RpcService(long program, int firstVersion, int lastVersion, Map<String, InetSocketAddress> addresses) {

    private static final long MOST = 0xFFFF_FFFFL;

    public RpcService {
        addresses = Map.copyOf(addresses);
        if (program < 1 || program > MOST || firstVersion < 0 || firstVersion > lastVersion) {
            throw new IllegalArgumentException("program " + program + ", versions " + firstVersion + " to " + lastVersion);
        }
    }
}
