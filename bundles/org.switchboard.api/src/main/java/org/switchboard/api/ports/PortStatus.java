package org.switchboard.api.ports;

/**
 * One reserved port.
 *
 * @param name its name in the merged map
 * @param protocol {@code tcp}, {@code udp6} …
 * @param address numeric, or {@code *}
 * @param owner the id of the entry that reserved it
 * @param state as the owner last said; {@code reserved} before that
 */
public record PortStatus(String name, int port, String protocol, String address, String owner, String state) {
}
